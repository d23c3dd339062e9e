package io.sallyport.core.mask;

import io.sallyport.core.mask.function.MaskingFunction;
import io.sallyport.core.mask.function.Numbers;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Keeps masked values inside what a column can hold. Immutable. */
final class LegalValues {
    private final ColumnType type;
    private final long least;
    private final long most;

    LegalValues(ColumnType type) {
        this.type = type;
        BigDecimal min = type.min();
        BigDecimal max = type.max();
        this.least = min == null ? Long.MIN_VALUE : Numbers.to(Long.class, min) instanceof Long l ? l : 0;
        this.most = max == null ? Long.MAX_VALUE : Numbers.to(Long.class, max) instanceof Long l ? l : 0;
    }

    /** Masks text; the blanks that fill a {@code CHAR(n)} are no part of the value, so that it joins with a {@code VARCHAR}. */
    @Nullable
    String text(MaskingFunction function, String clear) {
        int width = type.width();
        int length = clear.length();
        boolean filled = length == width && length > 0 && (type.padded() || clear.charAt(length - 1) == ' ');
        String value = filled ? withoutBlanks(clear) : clear;
        String masked = function.text(value);
        if (masked == null) {
            return null;
        } else if (masked == value) {
            // Detectors found nothing.
            return clear;
        } else if (masked.length() > width) {
            return masked.substring(0, Character.isHighSurrogate(masked.charAt(width - 1)) ? width - 1 : width);
        }
        return filled && masked.length() < width ? masked + " ".repeat(width - masked.length()) : masked;
    }

    private static String withoutBlanks(String clear) {
        int end = clear.length();
        while (end > 0 && clear.charAt(end - 1) == ' ') {
            end--;
        }
        return clear.substring(0, end);
    }

    /** Masks bytes; those of a text column are masked as the text. */
    byte @Nullable [] bytes(MaskingFunction function, byte[] clear) {
        byte[] masked = function.bytes(clear);
        if (masked == null || masked == clear || type.kind() != ColumnType.Kind.BINARY) {
            return masked;
        }
        boolean fill = type.padded() && clear.length == type.width() && masked.length < clear.length;
        return masked.length > type.width() || fill ? Arrays.copyOf(masked, type.width()) : masked;
    }

    /** Masks a number as one of its column's class, whichever getter reads it, and in the column's range. */
    @Nullable
    Number number(MaskingFunction function, Number clear) {
        Number own = ofColumn(clear);
        Number masked = function.number(own);
        if (masked == null || masked == own || fits(masked)) {
            return masked == own ? clear : masked == null ? null : like(clear, masked);
        }
        BigDecimal decimal = Numbers.decimal(masked);
        BigDecimal min = type.min();
        BigDecimal max = type.max();
        if (decimal == null || min == null || max == null) {
            return null;
        }
        BigDecimal nearest = decimal.max(min).min(max);
        return Numbers.like(clear, nearest.setScale(Math.min(nearest.scale(), type.scale()), RoundingMode.DOWN));
    }

    private static @Nullable Number like(Number clear, Number masked) {
        if (masked.getClass() == clear.getClass()) {
            return masked;
        }
        BigDecimal decimal = Numbers.decimal(masked);
        return decimal == null ? null : Numbers.like(clear, decimal);
    }

    private Number ofColumn(Number clear) {
        if (type.kind() == ColumnType.Kind.INTEGER && clear.getClass() != Integer.class) {
            boolean narrow = least >= Integer.MIN_VALUE && most <= Integer.MAX_VALUE;
            if (clear.getClass() != Long.class || narrow) {
                BigDecimal decimal = Numbers.decimal(clear);
                if (decimal != null && type.holds(decimal) && isWhole(decimal)) {
                    Number own = Numbers.to(narrow ? Integer.class : Long.class, decimal);
                    return own == null || decimal.compareTo(BigDecimal.valueOf(most)) > 0 ? clear : own;
                }
            }
        } else if (type.kind() == ColumnType.Kind.DECIMAL && !(clear instanceof BigDecimal)) {
            BigDecimal decimal = Numbers.decimal(clear);
            return decimal == null ? clear : decimal.setScale(type.scale(), RoundingMode.HALF_UP);
        }
        return clear;
    }

    private static boolean isWhole(BigDecimal decimal) {
        return decimal.stripTrailingZeros().scale() <= 0;
    }

    private boolean fits(Number masked) {
        if (type.max() == null) {
            return true;
        }
        if (masked instanceof Integer || masked instanceof Long) {
            long whole = masked.longValue();
            return whole >= least && whole <= most;
        }
        BigDecimal decimal = Numbers.decimal(masked);
        return decimal != null && type.holds(decimal);
    }
}
