package io.sallyport.core.policy.rule;

import io.sallyport.core.mask.function.MaskingFunction;
import io.sallyport.core.mask.function.MaskingFunctions;
import org.jspecify.annotations.Nullable;

/**
 * The masking function that a rule names in {@code with}.
 *
 * @param shown as it is written in the file: {@code redact}, {@code {keepLast: 4}}, {@code {hash: pseudonyms}}
 * @param function ready for use, key included
 * @param partial whether a part of the value stays readable, so that the function must meet the plain value only
 * @param key name of the key that the function uses, or {@code null}
 */
public record MaskWith(
        String shown,
        MaskingFunction function,
        boolean partial,
        @Nullable String key) {

    /** The function of rules that name none. */
    public static final MaskWith REDACT = new MaskWith("redact", MaskingFunctions.redact(), false, null);

    @Override
    public String toString() {
        return shown;
    }
}
