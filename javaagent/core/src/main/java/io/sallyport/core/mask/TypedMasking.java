package io.sallyport.core.mask;

import io.sallyport.core.mask.function.MaskingFunction;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.lang.reflect.Array;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.temporal.Temporal;
import java.util.Date;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Masks a value of any known class; the result has the same class. */
final class TypedMasking {

    /** Streams up to this many characters or bytes are masked as what they hold, longer ones as a whole. */
    static final int LONGEST_STREAM = 32 * 1024;

    private static final int DEEPEST_ARRAY = 32;

    private TypedMasking() {}

    /** The masked value, or {@code null} for NULL and for a class that is unknown. */
    static @Nullable Object mask(MaskingFunction function, Object value) {
        if (value instanceof String text) {
            return function.text(text);
        } else if (value instanceof Number number) {
            return function.number(number);
        } else if (value instanceof Boolean bool) {
            return function.bool(bool);
        } else if (value instanceof Temporal temporal) {
            return function.temporal(temporal);
        } else if (value instanceof UUID uuid) {
            return function.uuid(uuid);
        } else if (value.getClass() == Date.class) {
            Temporal masked = function.temporal(((Date) value).toInstant());
            return masked instanceof Instant instant ? Date.from(instant) : null;
        } else if (value instanceof Character character) {
            String masked = function.text(character.toString());
            return masked == null ? null : masked.isEmpty() ? '*' : masked.charAt(0);
        }
        return maskComposite(function, value);
    }

    private static @Nullable Object maskComposite(MaskingFunction function, Object value) {
        if (value instanceof byte[] bytes) {
            return function.bytes(bytes);
        } else if (value instanceof char[] chars) {
            String masked = function.text(new String(chars));
            return masked == null ? null : masked.toCharArray();
        } else if (value.getClass().isArray()) {
            return maskArray(function, value, 0);
        } else if (value instanceof Reader reader) {
            return maskReader(function, reader);
        } else if (value instanceof InputStream stream) {
            return maskStream(function, stream);
        } else if (value instanceof Duration) {
            return function.replacement() == null ? null : Duration.ZERO;
        } else if (value instanceof Period) {
            return function.replacement() == null ? null : Period.ZERO;
        }
        return null;
    }

    private static @Nullable Object maskArray(MaskingFunction function, Object array, int depth) {
        if (depth > DEEPEST_ARRAY) {
            return null;
        }
        int length = Array.getLength(array);
        Class<?> component = array.getClass().getComponentType();
        Object masked = Array.newInstance(component, length);
        for (int i = 0; i < length; i++) {
            Object element = Array.get(array, i);
            if (element == null) {
                continue;
            }
            boolean nested = element.getClass().isArray() && !(element instanceof byte[]);
            Object result = nested ? maskArray(function, element, depth + 1) : mask(function, element);
            if (result != null && (component.isPrimitive() || component.isInstance(result))) {
                Array.set(masked, i, result);
            }
        }
        return masked;
    }

    private static @Nullable Reader maskReader(MaskingFunction function, Reader clear) {
        String masked = function.replacement();
        try (clear) {
            char[] buffer = new char[LONGEST_STREAM + 1];
            int length = 0;
            int n;
            while (length < buffer.length && (n = clear.read(buffer, length, buffer.length - length)) >= 0) {
                length += n;
            }
            if (length <= LONGEST_STREAM) {
                masked = function.text(new String(buffer, 0, length));
            }
        } catch (IOException unreadable) {
            masked = function.replacement();
        }
        return masked == null ? null : new StringReader(masked);
    }

    private static @Nullable InputStream maskStream(MaskingFunction function, InputStream clear) {
        String replacement = function.replacement();
        byte[] masked = replacement == null ? null : replacement.getBytes(StandardCharsets.UTF_8);
        try (clear) {
            byte[] bytes = clear.readNBytes(LONGEST_STREAM + 1);
            if (bytes.length <= LONGEST_STREAM) {
                masked = function.bytes(bytes);
            }
        } catch (IOException unreadable) {
            // The replacement stands.
        }
        return masked == null ? null : new ByteArrayInputStream(masked);
    }
}
