package io.sallyport.controlplane.events;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Proves rows of the store: HMAC-SHA-256 under a key that lies beside the database and never in it, so that who can write to the database cannot
 * make what they wrote look as if the control plane had stored it. A keyed hash and no signature, since one is made with each upload and only the control
 * plane has to believe it; what others are to believe is signed (see {@link SignedExport}). Thread-safe.
 */
public final class StoreSeal {

    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    /** @param key the same on every replica */
    public StoreSeal(byte[] key) {
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    /**
     * 64 hexadecimal digits.
     *
     * @param purpose what kind of row it is, so that no seal fits another kind
     * @param columns no two rows have the same: texts are told apart by their lengths
     */
    String of(String purpose, Object... columns) {
        StringBuilder row = new StringBuilder(purpose).append('\n');
        for (Object column : columns) {
            String text = column.toString();
            row.append(text.length()).append(' ').append(text).append('\n');
        }
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal(row.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has " + ALGORITHM, e);
        }
    }

    static boolean same(String one, String other) {
        return MessageDigest.isEqual(
                one.getBytes(StandardCharsets.US_ASCII), other.getBytes(StandardCharsets.US_ASCII));
    }
}
