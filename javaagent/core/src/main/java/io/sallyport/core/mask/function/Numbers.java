package io.sallyport.core.mask.function;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** Numbers of every boxed class as decimals and back. Known are the six boxed ones, BigInteger and BigDecimal. */
public final class Numbers {

    /** More digits or zeros than this are not computed with: 1e999999999 is ten characters on the wire and a gigabyte in plain. */
    static final int MAX_DIGITS = 1000;

    private Numbers() {}

    /** The number as a decimal, or {@code null} for infinities, NaN, unknown classes and numbers beyond {@link #MAX_DIGITS}. */
    public static @Nullable BigDecimal decimal(Number number) {
        if (number instanceof Integer || number instanceof Long || number instanceof Short || number instanceof Byte) {
            return BigDecimal.valueOf(number.longValue());
        } else if (number instanceof BigDecimal decimal) {
            return bounded(decimal);
        } else if (number instanceof BigInteger integer) {
            return integer.bitLength() > MAX_DIGITS * 3 ? null : new BigDecimal(integer);
        } else if (number instanceof Float && Float.isFinite(number.floatValue())) {
            return new BigDecimal(number.toString());
        } else if (number instanceof Double && Double.isFinite(number.doubleValue())) {
            return new BigDecimal(number.toString());
        }
        return null;
    }

    /** Reads a number's text (JSON, SQL), or {@code null} where it is none or beyond {@link #MAX_DIGITS}. */
    public static @Nullable BigDecimal parse(String text) {
        String trimmed = text.strip();
        if (trimmed.isEmpty() || trimmed.length() > MAX_DIGITS || !couldBeNumber(trimmed)) {
            return null;
        }
        try {
            return bounded(new BigDecimal(trimmed));
        } catch (NumberFormatException | ArithmeticException notANumber) {
            return null;
        }
    }

    /** Spares most text the exception that tells it apart. */
    private static boolean couldBeNumber(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 128 && !(c >= '0' && c <= '9') && c != '.' && c != '-' && c != '+' && c != 'e' && c != 'E') {
                return false;
            }
        }
        return true;
    }

    private static @Nullable BigDecimal bounded(BigDecimal decimal) {
        return decimal.precision() > MAX_DIGITS || Math.abs((long) decimal.scale()) > MAX_DIGITS ? null : decimal;
    }

    /** {@code value} in the class of {@code like}, cut to the nearest number that fits; {@code null} for unknown classes. */
    public static @Nullable Number like(Number like, BigDecimal value) {
        return to(like.getClass(), value);
    }

    /** {@code value} in the given class, cut to the nearest number that fits; {@code null} for unknown classes. */
    public static @Nullable Number to(Class<?> type, BigDecimal value) {
        if (type == Integer.class) {
            return (int) clamp(value, Integer.MIN_VALUE, Integer.MAX_VALUE);
        } else if (type == Long.class) {
            return clamp(value, Long.MIN_VALUE, Long.MAX_VALUE);
        } else if (type == BigDecimal.class) {
            return value;
        } else if (type == Double.class) {
            return value.doubleValue();
        } else if (type == Float.class) {
            return value.floatValue();
        } else if (type == Short.class) {
            return (short) clamp(value, Short.MIN_VALUE, Short.MAX_VALUE);
        } else if (type == Byte.class) {
            return (byte) clamp(value, Byte.MIN_VALUE, Byte.MAX_VALUE);
        } else if (type == BigInteger.class) {
            return value.toBigInteger();
        }
        return null;
    }

    private static long clamp(BigDecimal value, long min, long max) {
        BigInteger whole = value.setScale(0, RoundingMode.FLOOR).toBigInteger();
        if (whole.compareTo(BigInteger.valueOf(min)) < 0) {
            return min;
        }
        return whole.compareTo(BigInteger.valueOf(max)) > 0 ? max : whole.longValue();
    }
}
