package io.sallyport.core.mask;

import io.sallyport.core.mask.body.JsonColumn;
import io.sallyport.core.mask.function.MaskingFunction;

/** Binds a rule's masking function to a column. */
public final class ColumnMasks {
    private ColumnMasks() {}

    /**
     * A mask that honours the caller's type (see {@link FunctionColumnMask}).
     *
     * @param rule name of the rule, for records
     */
    public static ColumnMask of(String rule, MaskingFunction function) {
        return new FunctionColumnMask(rule, function, JsonColumn.of(function), ColumnType.UNKNOWN);
    }
}
