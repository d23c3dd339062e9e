package io.sallyport.core.mask.function;

import org.jspecify.annotations.Nullable;

/** {@code redact}: every value becomes the {@link Neutral} one of its type. */
final class Redact implements MaskingFunction {

    @Override
    public String text(String clear) {
        return Neutral.text(clear.length());
    }

    @Override
    public boolean hidesWhole() {
        return true;
    }

    @Override
    public boolean recognises(@Nullable Object value) {
        return Neutral.is(value);
    }
}
