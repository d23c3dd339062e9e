package io.sallyport.core.record;

import io.sallyport.core.mask.function.HmacSha256;
import java.nio.charset.StandardCharsets;

/** Writes values that must not be known as a keyed hash: 64 bits of HMAC-SHA-256 over their text. Thread-safe. */
final class ValueHash {

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PREFIX = "hmac:".getBytes(StandardCharsets.US_ASCII);

    /** Bytes that {@link #write} takes. */
    static final int LENGTH = 21;

    private final HmacSha256 hmac;

    ValueHash(byte[] key) {
        this.hmac = new HmacSha256(key);
    }

    int write(byte[] value, byte[] into, int at) {
        byte[] code = hmac.of(value);
        System.arraycopy(PREFIX, 0, into, at, PREFIX.length);
        int end = at + PREFIX.length;
        for (int i = 0; i < 8; i++) {
            into[end++] = HEX[code[i] >> 4 & 15];
            into[end++] = HEX[code[i] & 15];
        }
        return end;
    }
}
