package io.sallyport.core.mask;

import io.sallyport.core.mask.body.JsonColumn;
import io.sallyport.core.mask.function.MaskingFunction;
import org.jspecify.annotations.Nullable;

/**
 * A masking function at a column. Knows the JDK's value types but no JDBC class: a value or a requested class that is none
 * of these gives {@code null}, or the function's replacement text where text may stand. Text that is a JSON document stays one.
 */
final class FunctionColumnMask implements ColumnMask {
    private final String rule;
    /** As the rule says it, before it is fitted to a column. */
    private final MaskingFunction general;

    private final MaskingFunction function;
    private final @Nullable JsonColumn json;
    private final ColumnType type;
    private final LegalValues legal;

    FunctionColumnMask(String rule, MaskingFunction function, @Nullable JsonColumn json, ColumnType type) {
        this.rule = rule;
        this.general = function;
        this.function = function.within(type);
        this.json = json;
        this.type = type;
        this.legal = new LegalValues(type);
    }

    @Override
    public String rule() {
        return rule;
    }

    @Override
    public ColumnMask within(ColumnType column) {
        return column.equals(type) ? this : new FunctionColumnMask(rule, general, json, column);
    }

    @Override
    public @Nullable String text(String value) {
        if (json != null && JsonColumn.mayBe(value)) {
            return (String) apply(value, String.class);
        }
        try {
            return legal.text(function, value);
        } catch (RuntimeException | StackOverflowError | LinkageError failed) {
            return Coercion.replacementOf(function);
        }
    }

    @Override
    public boolean leaves(long whole) {
        return function.leaves(whole);
    }

    @Override
    public @Nullable Object apply(@Nullable Object value, Class<?> requested) {
        if (value == null) {
            return null;
        }
        try {
            if (value instanceof String text) {
                String document = json != null && JsonColumn.mayBe(text) ? json.mask(text) : null;
                boolean stands = document != null && document.length() <= type.width();
                String masked = stands ? document : legal.text(function, text);
                return requested == String.class ? masked : Coercion.to(requested, masked, function.replacement());
            }
            return Coercion.to(requested, TypedMasking.mask(function, legal, value), function.replacement());
        } catch (RuntimeException | StackOverflowError | LinkageError failed) {
            // The cause could quote the value; the caller gets what says nothing, and the type it asked for.
            return Coercion.to(requested, null, Coercion.replacementOf(function));
        }
    }
}
