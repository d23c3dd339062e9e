package io.sallyport.core.mask.function;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * HMAC-SHA256 (RFC 2104) that is ready after construction: the state after the padded key is computed once and cloned for
 * each use, where {@code javax.crypto.Mac} would hash the key anew and would have to be locked. Thread-safe.
 */
public final class HmacSha256 {
    private static final int BLOCK = 64;

    private final MessageDigest inner;
    private final MessageDigest outer;

    public HmacSha256(byte[] key) {
        byte[] block = Arrays.copyOf(key.length > BLOCK ? sha256().digest(key) : key, BLOCK);
        this.inner = after(block, 0x36);
        this.outer = after(block, 0x5C);
        Arrays.fill(block, (byte) 0);
    }

    private static MessageDigest after(byte[] key, int pad) {
        byte[] padded = new byte[BLOCK];
        for (int i = 0; i < BLOCK; i++) {
            padded[i] = (byte) (key[i] ^ pad);
        }
        MessageDigest digest = sha256();
        digest.update(padded);
        return digest;
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    public byte[] of(byte[] message) {
        MessageDigest first = copy(inner);
        first.update(message, 0, message.length);
        return copy(outer).digest(first.digest());
    }

    static MessageDigest copy(MessageDigest state) {
        try {
            return (MessageDigest) state.clone();
        } catch (CloneNotSupportedException notThisProvider) {
            throw new IllegalStateException(
                    "the SHA-256 of this JVM's first provider cannot be cloned", notThisProvider);
        }
    }
}
