package io.sallyport.core.mask.function;

import java.time.temporal.Temporal;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code null}: every value becomes NULL. A NULL that comes back cannot be told from an honest one. */
final class ToNull implements MaskingFunction {

    @Override
    public @Nullable String text(String clear) {
        return null;
    }

    @Override
    public @Nullable Number number(Number clear) {
        return null;
    }

    @Override
    public @Nullable Boolean bool(boolean clear) {
        return null;
    }

    @Override
    public @Nullable Temporal temporal(Temporal clear) {
        return null;
    }

    @Override
    public @Nullable UUID uuid(UUID clear) {
        return null;
    }

    @Override
    public byte @Nullable [] bytes(byte[] clear) {
        return null;
    }

    @Override
    public @Nullable String replacement() {
        return null;
    }

    @Override
    public boolean hidesWhole() {
        return true;
    }

    @Override
    public boolean recognises(@Nullable Object value) {
        return false;
    }

    @Override
    public boolean recognisable(@Nullable Object value) {
        return value != null;
    }
}
