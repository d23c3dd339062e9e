package io.sallyport.core.record;

import io.sallyport.core.mask.function.MaskingFunction;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Puts in place of a value, of whatever type, its keyed hash as records have it: {@code hmac:9f86d081884c7d65}. Where there is no key, and of what
 * cannot be looked at, nothing stays. Thread-safe.
 */
final class HashedValue implements MaskingFunction {

    private static final String NOTHING = "…";

    private final Supplier<byte @Nullable []> key;
    private volatile @Nullable ValueHash hash;

    /** @param key asked at the first value */
    HashedValue(Supplier<byte @Nullable []> key) {
        this.key = key;
    }

    @Override
    public String text(String clear) {
        ValueHash made = hash;
        if (made == null) {
            byte[] secret = key.get();
            if (secret == null) {
                return NOTHING;
            }
            made = new ValueHash(secret);
            hash = made;
        }
        byte[] text = new byte[ValueHash.LENGTH];
        made.write(clear.getBytes(StandardCharsets.UTF_8), text, 0);
        return new String(text, StandardCharsets.US_ASCII);
    }

    @Override
    public boolean isUntyped() {
        return true;
    }

    @Override
    public String replacement() {
        return NOTHING;
    }

    @Override
    public boolean recognises(@Nullable Object value) {
        return false;
    }
}
