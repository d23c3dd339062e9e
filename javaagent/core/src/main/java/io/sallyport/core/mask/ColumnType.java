package io.sallyport.core.mask;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * What values a column can hold, as far as its driver tells without asking the server. Masked values stay inside it.
 *
 * @param kind what the values are
 * @param width most characters of a text or bytes of a binary value; {@link Integer#MAX_VALUE} where there is no limit or none is known
 * @param padded whether shorter values are filled up to the width, with blanks or zero bytes ({@code CHAR(n)}, {@code BINARY(n)})
 * @param scale digits after the point of a decimal
 * @param min least number, or {@code null} without a limit
 * @param max greatest number, likewise
 */
public record ColumnType(
        Kind kind,
        int width,
        boolean padded,
        int scale,
        @Nullable BigDecimal min,
        @Nullable BigDecimal max) {

    /** What the values of a column are. */
    public enum Kind {
        TEXT,
        BINARY,
        INTEGER,
        DECIMAL,
        OTHER
    }

    /** Nothing is known: every value of every class is legal. */
    public static final ColumnType UNKNOWN = new ColumnType(Kind.OTHER, Integer.MAX_VALUE, false, 0, null, null);

    private static final int MOST_DIGITS = 1000;

    /** Text of at most {@code width} characters; no limit where {@code width} is not above 0. */
    public static ColumnType text(int width, boolean padded) {
        return new ColumnType(Kind.TEXT, limit(width), padded && width > 0, 0, null, null);
    }

    /** Bytes, at most {@code width} of them; no limit where {@code width} is not above 0. */
    public static ColumnType binary(int width, boolean padded) {
        return new ColumnType(Kind.BINARY, limit(width), padded && width > 0, 0, null, null);
    }

    /** Whole numbers of so many bits, the sign included. */
    public static ColumnType integer(int bits, boolean signed) {
        BigInteger end = BigInteger.ONE.shiftLeft(signed ? bits - 1 : bits);
        BigDecimal min = signed ? new BigDecimal(end.negate()) : BigDecimal.ZERO;
        return new ColumnType(
                Kind.INTEGER, Integer.MAX_VALUE, false, 0, min, new BigDecimal(end.subtract(BigInteger.ONE)));
    }

    /** Decimals of {@code precision} digits, {@code scale} of them after the point; no limit where the precision is not above 0. */
    public static ColumnType decimal(int precision, int scale) {
        if (precision <= 0 || precision > MOST_DIGITS || Math.abs(scale) > MOST_DIGITS) {
            return UNKNOWN;
        }
        BigDecimal max = new BigDecimal(BigInteger.TEN.pow(precision).subtract(BigInteger.ONE), scale);
        return new ColumnType(Kind.DECIMAL, Integer.MAX_VALUE, false, scale, max.negate(), max);
    }

    private static int limit(int width) {
        return width > 0 ? width : Integer.MAX_VALUE;
    }

    /** Whether a number is one of the column's. */
    public boolean holds(BigDecimal number) {
        return (min == null || number.compareTo(min) >= 0) && (max == null || number.compareTo(max) <= 0);
    }
}
