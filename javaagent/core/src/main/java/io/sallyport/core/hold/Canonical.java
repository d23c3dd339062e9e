package io.sallyport.core.hold;

import io.sallyport.core.command.ParameterHead;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalAmount;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Writes values into a digest so that no two different sequences of values write the same bytes: each value is its Java type, its
 * length and its content. One instance per digest; not thread-safe.
 */
final class Canonical {

    private final MessageDigest digest;
    private final String unreadable;

    /** @param unreadable written in place of a content that cannot be read */
    Canonical(MessageDigest digest, String unreadable) {
        this.digest = digest;
        this.unreadable = unreadable;
    }

    byte[] digest() {
        return digest.digest();
    }

    Canonical text(String text) {
        return bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    Canonical size(int n) {
        digest.update((byte) (n >>> 24));
        digest.update((byte) (n >>> 16));
        digest.update((byte) (n >>> 8));
        digest.update((byte) n);
        return this;
    }

    void value(@Nullable Object value) {
        if (value == null) {
            text("null");
            return;
        }
        text(typeOf(value));
        if (value instanceof byte[] bytes) {
            bytes(bytes);
        } else if (value instanceof Object[] array) {
            size(array.length);
            for (Object element : array) {
                value(element);
            }
        } else if (value instanceof List<?> list) {
            size(list.size());
            list.forEach(this::value);
        } else if (value instanceof SortedMap<?, ?> map) {
            size(map.size());
            map.forEach((k, v) -> {
                value(k);
                value(v);
            });
        } else {
            text(isPlainValue(value) ? plain(value) : unreadable(value));
        }
    }

    /** Of a large object as much as is known without using it up; of the rest, which object it is. */
    private String unreadable(Object value) {
        String which = unreadable + ' ' + System.identityHashCode(value);
        if (value instanceof ParameterHead known && known.isKept()) {
            value(known.head());
        }
        return which;
    }

    /** Lists and maps are written by content; which of their classes is used means nothing. */
    private static String typeOf(Object value) {
        return value instanceof Collection<?>
                ? "list"
                : value instanceof Map<?, ?> ? "map" : value.getClass().getName();
    }

    /** Only the JDK's own types: the text form of an application's type is the application's claim. */
    private static boolean isPlainValue(Object value) {
        boolean known = value instanceof CharSequence
                || value instanceof Number
                || value instanceof Boolean
                || value instanceof Character
                || value instanceof Enum<?>
                || value instanceof UUID
                || value instanceof Date
                || value instanceof TemporalAccessor
                || value instanceof TemporalAmount;
        return known && (value instanceof Enum<?> || value.getClass().getName().startsWith("java."));
    }

    private static String plain(Object value) {
        if (value instanceof Enum<?> constant) {
            return constant.name();
        }
        if (value instanceof Date date) {
            // The text of java.sql.Timestamp carries the nanoseconds, getTime() the zone-independent rest.
            return date.getTime() + " " + date;
        }
        return value.toString();
    }

    private Canonical bytes(byte[] bytes) {
        size(bytes.length);
        digest.update(bytes);
        return this;
    }
}
