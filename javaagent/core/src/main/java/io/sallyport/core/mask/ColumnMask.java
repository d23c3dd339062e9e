package io.sallyport.core.mask;

import org.jspecify.annotations.Nullable;

/**
 * Masks the values of one output column. Thread-safe.
 *
 * <p>Never throws and never returns the clear value because of a failure: what cannot be masked is replaced as a whole.
 */
public interface ColumnMask {

    /** Name of the rule, for records. */
    String rule();

    /**
     * The value to hand to the caller in place of {@code value}.
     *
     * @param value the clear value, as the driver returned it for {@code requested}; {@code null} stays {@code null}
     * @param requested the boxed type that the caller must receive (a getter's return type, or the class given to
     *     {@code getObject}); the result is an instance of it, or {@code null}, which a primitive getter turns into 0 or
     *     {@code false} with {@code wasNull()}
     */
    @Nullable
    Object apply(@Nullable Object value, Class<?> requested);

    /** This mask for a column of the given type, whose values are legal in it. */
    default ColumnMask within(ColumnType type) {
        return this;
    }

    /** The same for text that is asked for as text, which most masked values are. */
    default @Nullable String text(String value) {
        return apply(value, String.class) instanceof String masked ? masked : null;
    }

    /**
     * Whether a whole number certainly passes as it is, so that it need not be boxed to be masked. May say no too often. Never
     * throws.
     */
    default boolean leaves(long whole) {
        return false;
    }
}
