package io.sallyport.core.record;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.UUID;

/** Which values may be written down as their {@code toString}: the JDK's own, of any other the text is somebody else's code. */
final class PlainValues {

    private PlainValues() {}

    static boolean isWhole(Object value) {
        return value instanceof Integer || value instanceof Long || value instanceof Short || value instanceof Byte;
    }

    static boolean isPlain(Object value) {
        return isWhole(value)
                || value instanceof Boolean
                || value instanceof Double
                || value instanceof Float
                || value.getClass() == BigDecimal.class
                || value.getClass() == BigInteger.class
                || value instanceof UUID
                || value instanceof Character
                || value.getClass().getName().startsWith("java.time.")
                || value instanceof java.util.Date && value.getClass().getName().startsWith("java.");
    }
}
