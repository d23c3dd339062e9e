package io.sallyport.core.mask.function;

import io.sallyport.core.mask.ColumnType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * {@code {fpe: keyName}}: letters and digits are encrypted (FF1) within their alphabet, all other characters stay where they
 * are, so that length and look survive and different values stay different. Numbers keep sign, scale and class.
 *
 * <p>A value with fewer than a million possibilities, and text with characters outside ASCII, cannot be kept secret this
 * way and becomes neutral.
 */
final class FormatPreserving implements MaskingFunction {
    private static final BigInteger INT_MAX = BigInteger.valueOf(Integer.MAX_VALUE);
    private static final BigInteger LONG_MAX = BigInteger.valueOf(Long.MAX_VALUE);
    /** FF1's cost grows with the square of the length. */
    private static final int LONGEST = 512;

    private final Ff1[] engines;
    private final ColumnType column;

    FormatPreserving(byte[] key) {
        byte[] aes = new HmacSha256(key).of("sallyport fpe".getBytes(StandardCharsets.UTF_8));
        Alphabet[] alphabets = Alphabet.values();
        this.engines = new Ff1[alphabets.length];
        for (int i = 0; i < alphabets.length; i++) {
            engines[i] = new Ff1(aes, alphabets[i].radix());
        }
        this.column = ColumnType.UNKNOWN;
    }

    private FormatPreserving(Ff1[] engines, ColumnType column) {
        this.engines = engines;
        this.column = column;
    }

    @Override
    public MaskingFunction within(ColumnType type) {
        return type.max() == null ? this : new FormatPreserving(engines, type);
    }

    @Override
    public String text(String clear) {
        Alphabet alphabet = clear.length() > LONGEST ? null : Alphabet.of(clear);
        if (alphabet == null) {
            return Neutral.text(clear.length());
        }
        byte[] ranks = new byte[clear.length()];
        int count = 0;
        for (int i = 0; i < clear.length(); i++) {
            char c = clear.charAt(i);
            if (Alphabet.isMember(c)) {
                ranks[count++] = alphabet.rank(c);
            }
        }
        if (count < alphabet.shortest()) {
            return Neutral.text(clear.length());
        }
        engines[alphabet.ordinal()].encrypt(ranks, count);
        char[] masked = clear.toCharArray();
        for (int i = 0, next = 0; i < masked.length; i++) {
            if (Alphabet.isMember(masked[i])) {
                masked[i] = alphabet.at(ranks[next++]);
            }
        }
        return new String(masked);
    }

    @Override
    public @Nullable Number number(Number clear) {
        BigDecimal decimal = Numbers.decimal(clear);
        if (decimal == null || clear instanceof Short || clear instanceof Byte) {
            return Neutral.number(clear);
        }
        BigInteger digits = decimal.unscaledValue().abs();
        BigInteger most = greatest(clear, decimal);
        int width = Math.max(Alphabet.DIGITS.shortest(), decimal.precision());
        BigInteger min = BigInteger.ZERO;
        BigInteger max;
        if (most == null) {
            max = BigInteger.TEN.pow(Math.min(width, LONGEST));
        } else if (decimal.scale() > 0) {
            width = Math.min(width, digitsBelow(most));
            max = BigInteger.TEN.pow(width);
        } else {
            // A whole number of nine (eighteen) digits stays one, so that it fits an int (a long) without another try.
            width = digitsBelow(most);
            max = BigInteger.TEN.pow(width);
            if (digits.compareTo(max) >= 0) {
                min = max;
                max = most.add(BigInteger.ONE);
                width++;
            }
        }
        if (width < Alphabet.DIGITS.shortest()) {
            return Neutral.number(clear);
        }
        if (width > LONGEST || digits.compareTo(max) >= 0) {
            return Neutral.number(clear);
        }
        // Cycle walking: encrypting again until the result is in the same range keeps the mapping one to one.
        do {
            digits = encrypt(digits, width);
        } while (digits.compareTo(min) < 0 || digits.compareTo(max) >= 0);
        BigInteger signed = decimal.signum() < 0 ? digits.negate() : digits;
        return Numbers.like(clear, new BigDecimal(signed, decimal.scale()));
    }

    /** The greatest number of the column or class, without its point; {@code null} without a limit. */
    private @Nullable BigInteger greatest(Number clear, BigDecimal decimal) {
        BigDecimal max = column.max();
        if (max != null && max.scale() == decimal.scale()) {
            return max.unscaledValue();
        }
        return clear instanceof Integer ? INT_MAX : clear instanceof Long ? LONG_MAX : null;
    }

    /** How many digits every number up to {@code most} may have. */
    private static int digitsBelow(BigInteger most) {
        BigDecimal end = new BigDecimal(most.add(BigInteger.ONE));
        return end.precision() - 1;
    }

    private BigInteger encrypt(BigInteger digits, int width) {
        String text = digits.toString();
        byte[] ranks = new byte[width];
        for (int i = 0; i < text.length(); i++) {
            ranks[width - text.length() + i] = (byte) (text.charAt(i) - '0');
        }
        engines[Alphabet.DIGITS.ordinal()].encrypt(ranks, width);
        char[] result = new char[width];
        for (int i = 0; i < width; i++) {
            result[i] = (char) ('0' + ranks[i]);
        }
        return new BigInteger(new String(result));
    }

    @Override
    public boolean recognises(@Nullable Object value) {
        return false;
    }

    @Override
    public boolean recognisable(@Nullable Object value) {
        return false;
    }
}
