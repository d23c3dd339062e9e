package io.sallyport.core.mask;

import io.sallyport.core.mask.function.MaskingFunction;
import java.io.InputStream;
import java.io.Reader;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.temporal.Temporal;
import java.util.Date;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Masks a value of any known class; the result has the same class. */
final class TypedMasking {

    private static final int DEEPEST_ARRAY = 32;

    private TypedMasking() {}

    /** The masked value, or {@code null} for NULL and for a class that is unknown. */
    static @Nullable Object mask(MaskingFunction function, LegalValues legal, Object value) {
        if (value instanceof String text) {
            return legal.text(function, text);
        } else if (value instanceof Number number) {
            Number masked = legal.number(function, number);
            return masked instanceof BigDecimal decimal && number instanceof BigDecimal clear
                    ? inScaleOf(clear, decimal)
                    : masked;
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
        return maskComposite(function, legal, value);
    }

    /** A column's decimals all have its scale; a finer mask is cut to it. */
    private static BigDecimal inScaleOf(BigDecimal clear, BigDecimal masked) {
        return masked.scale() == clear.scale() || clear.scale() < 0
                ? masked
                : masked.setScale(clear.scale(), RoundingMode.DOWN);
    }

    private static @Nullable Object maskComposite(MaskingFunction function, LegalValues legal, Object value) {
        if (value instanceof byte[] bytes) {
            return legal.bytes(function, bytes);
        } else if (value instanceof char[] chars) {
            String masked = function.text(new String(chars));
            return masked == null ? null : masked.toCharArray();
        } else if (value.getClass().isArray()) {
            return maskArray(function, legal, value, 0);
        } else if (value instanceof Reader reader) {
            return function.reader(reader);
        } else if (value instanceof InputStream stream) {
            return function.stream(stream);
        } else if (value instanceof InetAddress address) {
            return function.replacement() == null ? null : anyAddress(address);
        } else if (value instanceof Duration) {
            return function.replacement() == null ? null : Duration.ZERO;
        } else if (value instanceof Period) {
            return function.replacement() == null ? null : Period.ZERO;
        }
        return null;
    }

    /** The unspecified address of the same family. */
    private static @Nullable InetAddress anyAddress(InetAddress like) {
        try {
            return InetAddress.getByAddress(new byte[like.getAddress().length]);
        } catch (UnknownHostException impossible) {
            return null;
        }
    }

    private static @Nullable Object maskArray(MaskingFunction function, LegalValues legal, Object array, int depth) {
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
            Object result = nested ? maskArray(function, legal, element, depth + 1) : mask(function, legal, element);
            if (result != null && (component.isPrimitive() || component.isInstance(result))) {
                Array.set(masked, i, result);
            }
        }
        return masked;
    }
}
