package io.sallyport.core.mask.function;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * {@code {keepFirst: n}} and {@code {keepLast: n}}: the other characters become asterisks, the other digits of a number
 * zeros. Never more than half of the characters stay, so that a value shorter than expected is not given away.
 */
final class Keep implements MaskingFunction {
    private static final long[] POWERS = new long[19];

    static {
        POWERS[0] = 1;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = POWERS[i - 1] * 10;
        }
    }

    private final int count;
    private final boolean atEnd;

    Keep(int count, boolean atEnd) {
        this.count = count;
        this.atEnd = atEnd;
    }

    @Override
    public String text(String clear) {
        int length = clear.length();
        int kept = Math.min(count, length / 2);
        int from = atEnd ? length - kept : 0;
        int to = atEnd ? length : kept;
        // Half of a surrogate pair is no character: mask the pair.
        if (from < to && atEnd && Character.isLowSurrogate(clear.charAt(from))) {
            from++;
        }
        if (from < to && !atEnd && Character.isHighSurrogate(clear.charAt(to - 1))) {
            to--;
        }
        byte[] masked = new byte[length];
        Arrays.fill(masked, (byte) '*');
        for (int i = from; i < to; i++) {
            char c = clear.charAt(i);
            if (c > 0xFF) {
                return wide(clear, from, to);
            }
            masked[i] = (byte) c;
        }
        return latin(masked);
    }

    /** Of this constructor, unlike of the one that takes a charset, nothing is left in compiled code but the copy. */
    @SuppressWarnings("deprecation")
    private static String latin(byte[] bytes) {
        return new String(bytes, 0);
    }

    private static String wide(String clear, int from, int to) {
        char[] masked = new char[clear.length()];
        Arrays.fill(masked, '*');
        clear.getChars(from, to, masked, from);
        return new String(masked);
    }

    @Override
    public @Nullable Number number(Number clear) {
        if (clear instanceof Integer value && value != Integer.MIN_VALUE) {
            return (int) whole(Math.abs(value));
        } else if (clear instanceof Long value && value != Long.MIN_VALUE) {
            return whole(Math.abs(value));
        }
        BigDecimal decimal = Numbers.decimal(clear);
        if (decimal == null) {
            return Neutral.number(clear);
        }
        BigInteger digits = decimal.unscaledValue().abs();
        int length = digits.toString().length();
        int kept = Math.min(count, length / 2);
        BigInteger masked;
        if (atEnd) {
            masked = digits.mod(BigInteger.TEN.pow(kept));
        } else {
            BigInteger unit = BigInteger.TEN.pow(length - kept);
            masked = digits.divide(unit).multiply(unit);
        }
        return Numbers.like(clear, new BigDecimal(masked, decimal.scale()));
    }

    /** The same as for decimals, without making any. */
    private long whole(long digits) {
        int length = 1;
        while (length < POWERS.length && digits >= POWERS[length]) {
            length++;
        }
        int kept = Math.min(count, length / 2);
        int zeros = atEnd ? kept : length - kept;
        if (zeros == length) {
            return 0;
        }
        long rest = digits % POWERS[zeros];
        return atEnd ? rest : digits - rest;
    }

    @Override
    public boolean recognises(@Nullable Object value) {
        if (!(value instanceof String text)) {
            return Neutral.is(value);
        }
        int kept = Math.min(count, text.length() / 2);
        int from = atEnd ? 0 : kept;
        int to = atEnd ? text.length() - kept : text.length();
        for (int i = from; i < to; i++) {
            if (text.charAt(i) != '*') {
                return false;
            }
        }
        return !text.isEmpty();
    }

    @Override
    public boolean recognisable(@Nullable Object value) {
        return !(value instanceof Number);
    }
}
