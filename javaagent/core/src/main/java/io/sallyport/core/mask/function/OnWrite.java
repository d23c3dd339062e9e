package io.sallyport.core.mask.function;

import org.jspecify.annotations.Nullable;

/** {@code onWrite} of a mask rule: what happens to a write of the masked column whose value may be a mask that came back. */
public enum OnWrite {
    /** Refuse unless it can be shown that the value is no mask. The default. */
    REFUSE,
    /** Refuse only what is recognised as a mask. */
    ALLOW;

    /** Whether a write of {@code value} to a column masked by {@code function} is refused. */
    public boolean refuses(MaskingFunction function, @Nullable Object value) {
        if (function.recognisable(value)) {
            return isMask(function, value);
        }
        return this == REFUSE;
    }

    /** Whether a value is a mask, also one that was filled up to the width of a {@code CHAR} column. */
    public static boolean isMask(MaskingFunction function, @Nullable Object value) {
        return function.recognises(value)
                || (value instanceof String text
                        && text.endsWith(" ")
                        && text.length() > text.stripTrailing().length()
                        && !text.isBlank()
                        && function.recognises(text.stripTrailing()));
    }
}
