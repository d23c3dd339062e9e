package io.sallyport.core.mask;

import io.sallyport.core.mask.body.JsonColumn;
import io.sallyport.core.mask.function.MaskingFunction;
import org.jspecify.annotations.Nullable;

/**
 * A masking function at a column. Knows the JDK's value types but no JDBC class: a value or a requested class that is none
 * of these gives {@code null}, or the function's replacement text where text may stand. Text that is a JSON document stays one.
 */
record FunctionColumnMask(
        String rule, MaskingFunction function, @Nullable JsonColumn json) implements ColumnMask {

    @Override
    public @Nullable Object apply(@Nullable Object value, Class<?> requested) {
        if (value == null) {
            return null;
        }
        try {
            if (value instanceof String text) {
                String document = json != null && JsonColumn.mayBe(text) ? json.mask(text) : null;
                if (requested == String.class) {
                    return document != null ? document : function.text(text);
                } else if (document != null) {
                    return Coercion.to(requested, document, function.replacement());
                }
            }
            return Coercion.to(requested, TypedMasking.mask(function, value), function.replacement());
        } catch (RuntimeException | StackOverflowError | LinkageError failed) {
            // The cause could quote the value; the caller gets what says nothing, and the type it asked for.
            return Coercion.to(requested, null, Coercion.replacementOf(function));
        }
    }
}
