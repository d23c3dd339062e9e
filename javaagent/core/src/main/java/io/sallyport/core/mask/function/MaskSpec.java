package io.sallyport.core.mask.function;

import java.math.BigDecimal;

/** What a policy's {@code with:} says, keys resolved. Immutable; constructors refuse what could never mask. */
public sealed interface MaskSpec {

    /** {@code redact}. */
    record Redact() implements MaskSpec {}

    /** {@code null}. */
    record ToNull() implements MaskSpec {}

    /** {@code {fixed: X}}. */
    record Fixed(String value) implements MaskSpec {}

    /** {@code {keepFirst: n}}; n ≥ 0. */
    record KeepFirst(int count) implements MaskSpec {
        public KeepFirst {
            require(count >= 0, "keepFirst must not be negative");
        }
    }

    /** {@code {keepLast: n}}; n ≥ 0. */
    record KeepLast(int count) implements MaskSpec {
        public KeepLast {
            require(count >= 0, "keepLast must not be negative");
        }
    }

    /**
     * {@code {range: {from, to}}}: characters from (inclusive) to (exclusive) are masked, counted from 0; negative positions
     * count from the end, and {@code to: 0} is the end when {@code from} is negative.
     */
    record Range(int from, int to) implements MaskSpec {
        public Range {
            require(
                    (from < 0) == (to < 0) ? from < to : from < 0 ? to == 0 : true,
                    "range masks nothing: from must be before to");
        }
    }

    /** {@code email}: the domain stays. */
    record Email() implements MaskSpec {}

    /** {@code {hash: keyName}}; at least 16 bytes. */
    record Hash(byte[] key) implements MaskSpec {
        public Hash {
            key = checkedKey(key);
        }

        @Override
        public byte[] key() {
            return key.clone();
        }
    }

    /** {@code {fpe: keyName}}; at least 16 bytes. */
    record Fpe(byte[] key) implements MaskSpec {
        public Fpe {
            key = checkedKey(key);
        }

        @Override
        public byte[] key() {
            return key.clone();
        }
    }

    /** {@code {truncate: day|month|year}}: day keeps the date, month the year and month, year the year. */
    record Truncate(Unit unit) implements MaskSpec {
        /** What is kept. */
        public enum Unit {
            DAY,
            MONTH,
            YEAR
        }
    }

    /** {@code {bucket: n}}: numbers become the greatest multiple of n that is not above them; n > 0. */
    record Bucket(BigDecimal size) implements MaskSpec {
        public Bucket {
            require(size.signum() > 0, "bucket must be above 0");
        }
    }

    /**
     * {@code {replace: {regex, with}}}: every match of a {@link java.util.regex.Pattern} is replaced ({@code $1} names a
     * group). What does not match stays as it is: a rule that must hide the value whatever it looks like ends in another
     * function.
     *
     * @throws java.util.regex.PatternSyntaxException if the expression is none
     */
    record Replace(String regex, String with) implements MaskSpec {
        public Replace {
            java.util.regex.Pattern.compile(regex);
        }
    }

    private static byte[] checkedKey(byte[] key) {
        require(key.length >= 16, "a masking key needs at least 16 bytes");
        return key.clone();
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
