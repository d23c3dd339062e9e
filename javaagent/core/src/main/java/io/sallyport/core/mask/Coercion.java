package io.sallyport.core.mask;

import io.sallyport.core.mask.function.MaskingFunction;
import io.sallyport.core.mask.function.Neutral;
import io.sallyport.core.mask.function.Numbers;
import java.math.BigDecimal;
import java.time.temporal.Temporal;
import org.jspecify.annotations.Nullable;

/** Fits a masked value to the class that the caller must receive. */
final class Coercion {
    private Coercion() {}

    /**
     * @param masked the masked value; {@code null} where the function gave NULL or did not know the class
     * @param replacement text that stands for a value of unknown class
     * @return an instance of {@code requested} or {@code null}
     */
    static @Nullable Object to(Class<?> requested, @Nullable Object masked, @Nullable String replacement) {
        Class<?> target = boxed(requested);
        if (masked == null) {
            return replacement != null && target.isAssignableFrom(String.class) ? replacement : null;
        }
        if (target.isInstance(masked)) {
            return masked;
        }
        if (target == String.class) {
            return isPlain(masked) ? masked.toString() : replacement;
        }
        if (Number.class.isAssignableFrom(target)) {
            BigDecimal decimal = masked instanceof Number number
                    ? Numbers.decimal(number)
                    : masked instanceof String text ? Numbers.parse(text) : null;
            return decimal == null ? null : Numbers.to(target, decimal);
        }
        return null;
    }

    /** A function that has just failed may fail again. */
    static @Nullable String replacementOf(MaskingFunction function) {
        try {
            return function.replacement();
        } catch (RuntimeException failed) {
            return Neutral.TEXT;
        }
    }

    private static boolean isPlain(Object masked) {
        return masked instanceof Number
                || masked instanceof Boolean
                || masked instanceof Character
                || masked instanceof Temporal
                || masked instanceof java.util.UUID;
    }

    private static Class<?> boxed(Class<?> type) {
        return type.isPrimitive()
                ? java.lang.invoke.MethodType.methodType(type).wrap().returnType()
                : type;
    }
}
