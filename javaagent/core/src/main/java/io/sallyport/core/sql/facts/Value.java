package io.sallyport.core.sql.facts;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Result of folding an expression: a constant, or what is known of a value that isn't one.
 *
 * @param data {@link Boolean}, {@link Double}, {@link String} or {@link Uncalculated} of a constant; {@code null} for SQL NULL and for what isn't constant
 * @param text canonical text of the expression, {@code null} when it's long; equal texts mean equal values within one row
 * @param atom condition this value stands for, as {@code left op right}; {@code null} when it's no simple condition
 * @param negated text of the opposite of {@code atom}
 * @param range what {@code atom} says where it compares an expression with a constant; {@code null} otherwise
 */
record Value(
        Kind kind,
        @Nullable Object data,
        @Nullable String text,
        @Nullable String atom,
        @Nullable String negated,
        @Nullable Range range) {

    /**
     * {@code text op bound}.
     *
     * @param op one of {@code = <> < <= > >=}
     * @param bound {@link Double} or {@link String}
     */
    record Range(String text, String op, Object bound) {}

    /**
     * A constant that only the server can calculate: an escape, a character set, who is connected. A condition on nothing but constants
     * may be true as well as its opposite, so it's never taken for a filter.
     */
    record Uncalculated(String text) {
        @Override
        public String toString() {
            return text;
        }
    }

    /** What is known of a value. */
    enum Kind {
        CONSTANT,
        /** Differs from row to row of the written table, as far as can be told: a condition on it is a filter. */
        ROW,
        /** Not in the text, but the same for every row: a parameter, a function without columns, a column of another table. */
        OTHER
    }

    private static final Pattern NUMBER =
            Pattern.compile("[+-]?(\\d{1,40}\\.?\\d{0,40}|\\.\\d{1,40})([eE][+-]?\\d{1,3})?");

    static final Value TRUE = constant(Boolean.TRUE);
    static final Value FALSE = constant(Boolean.FALSE);
    static final Value NULL = new Value(Kind.CONSTANT, null, "NULL", null, null, null);
    static final Value ROW = new Value(Kind.ROW, null, null, null, null, null);
    static final Value OTHER = new Value(Kind.OTHER, null, null, null, null, null);

    static Value constant(Object data) {
        return new Value(Kind.CONSTANT, data, data.toString(), null, null, null);
    }

    static Value constant(double number) {
        // The JDK spells a whole number as a double by far more work.
        boolean small = number == Math.rint(number) && Math.abs(number) < 1e7;
        String text = small ? (long) number + ".0" : Double.toString(number);
        return new Value(Kind.CONSTANT, number, text, null, null, null);
    }

    static Value uncalculated(@Nullable String text) {
        return constant(new Uncalculated(text == null ? "?" : text));
    }

    static Value of(boolean data) {
        return data ? TRUE : FALSE;
    }

    static Value condition(Kind kind, @Nullable String atom, @Nullable String negated) {
        return new Value(kind, null, atom, atom, negated, null);
    }

    Value withText(@Nullable String newText) {
        return new Value(kind, data, newText, null, null, null);
    }

    Value withRange(Range newRange) {
        return new Value(kind, data, text, atom, negated, newRange);
    }

    boolean isConstant() {
        return kind == Kind.CONSTANT;
    }

    boolean isNull() {
        return kind == Kind.CONSTANT && data == null;
    }

    boolean isUncalculated() {
        return data instanceof Uncalculated;
    }

    /** Kind of a value computed from both. */
    static Kind worst(Value a, Value b) {
        return a.kind == Kind.ROW || b.kind == Kind.ROW ? Kind.ROW : Kind.OTHER;
    }

    /** As a condition: TRUE, FALSE, {@code null} for SQL NULL; only for constants. What only the server can calculate may be true. */
    @Nullable
    Boolean truth() {
        if (data instanceof Boolean b) {
            return b;
        }
        if (data instanceof Uncalculated) {
            return true;
        }
        if (data instanceof Double d) {
            return d != 0;
        }
        if (data instanceof String s) {
            return switch (s.trim().toLowerCase(Locale.ROOT)) {
                case "t", "true", "y", "yes", "on" -> true;
                default -> leadingNumber(s) != 0;
            };
        }
        return null;
    }

    /** The number a string starts with, as MySQL reads it, whatever follows ({@code 1-1}, {@code 2020-01-01}); 0 without one. */
    static double leadingNumber(String s) {
        String trimmed = s.trim();
        Matcher number = NUMBER.matcher(trimmed.substring(0, Math.min(64, trimmed.length())));
        return number.lookingAt() ? Double.parseDouble(number.group()) : 0;
    }
}
