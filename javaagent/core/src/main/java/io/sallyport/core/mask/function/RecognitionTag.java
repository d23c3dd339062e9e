package io.sallyport.core.mask.function;

import java.security.MessageDigest;

/**
 * What tells a pseudonym from any other text of its form: the first four bytes of SHA-256 over a key of 32 bytes and the pseudonym. One
 * block where HMAC takes two; that a hash with its key in front can be extended gains nobody anything, since so few of its bytes are
 * shown. A forged one has its bearer refused a write, no more. Thread-safe.
 */
final class RecognitionTag {
    static final int LENGTH = 4;

    private final MessageDigest keyed;

    RecognitionTag(byte[] key) {
        this.keyed = HmacSha256.sha256();
        keyed.update(key);
    }

    /** The tag of the first {@code length} bytes, at the front of what is returned. */
    byte[] of(byte[] pseudonym, int length) {
        MessageDigest digest = HmacSha256.copy(keyed);
        digest.update(pseudonym, 0, length);
        return digest.digest();
    }
}
