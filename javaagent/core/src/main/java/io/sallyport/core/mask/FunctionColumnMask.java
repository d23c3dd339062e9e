package io.sallyport.core.mask;

import io.sallyport.core.mask.function.MaskingFunction;
import org.jspecify.annotations.Nullable;

/**
 * A masking function at a column. Knows the JDK's value types but no JDBC class: a value or a requested class that is none
 * of these gives {@code null}, or the function's replacement text where text may stand.
 */
record FunctionColumnMask(String rule, MaskingFunction function) implements ColumnMask {

    @Override
    public @Nullable Object apply(@Nullable Object value, Class<?> requested) {
        if (value == null) {
            return null;
        }
        try {
            if (value instanceof String text && requested == String.class) {
                return function.text(text);
            }
            return Coercion.to(requested, TypedMasking.mask(function, value), function.replacement());
        } catch (RuntimeException | StackOverflowError | LinkageError failed) {
            // The cause could quote the value; the caller gets what says nothing, and the type it asked for.
            return Coercion.to(requested, null, Coercion.replacementOf(function));
        }
    }
}
