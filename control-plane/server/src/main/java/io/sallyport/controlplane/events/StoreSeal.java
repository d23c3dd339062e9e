package io.sallyport.controlplane.events;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Proves rows of the store: HMAC-SHA-256 under a key that lies beside the database and never in it, so that who can write to the database cannot
 * make what they wrote look as if the control plane had stored it. A keyed hash and no signature, since one is made with each upload and only the control
 * plane has to believe it; what others are to believe is signed (see {@link SignedExport}). Thread-safe.
 */
public final class StoreSeal {

    private static final Logger LOG = LoggerFactory.getLogger(StoreSeal.class);

    private static final String ALGORITHM = "HmacSHA256";

    /** The file, beside the key's, that says that recordings were stored. */
    private static final String BEGUN = "recordings-begun";

    private final SecretKeySpec key;
    private final @Nullable Path begun;
    private volatile boolean known;

    /**
     * @param key the same on every replica
     * @param directory where the key lies; {@code null}: nothing is remembered outside of the database
     */
    public StoreSeal(byte[] key, @Nullable Path directory) {
        this.key = new SecretKeySpec(key, ALGORITHM);
        this.begun = directory == null ? null : directory.resolve(BEGUN);
    }

    /** Whether recordings were stored under this key: a store that has none then is not new, somebody emptied it. */
    boolean hasBegun() {
        Path file = begun;
        if (!known && file != null) {
            known = Files.exists(file);
        }
        return known;
    }

    /** Recordings are stored. Where the directory cannot be written to, it is known until the process ends. */
    void begin() {
        Path file = begun;
        if (file == null || hasBegun()) {
            return;
        }
        known = true;
        try {
            Files.writeString(
                    file,
                    "Recordings were stored under the key in this directory. A store without any is one that was emptied, and an alarm."
                            + " Delete this file, before the start, where a new database is begun on purpose.\n");
        } catch (IOException e) {
            LOG.warn(
                    "{} cannot be written ({}): a database that is emptied while the control plane stands still will be taken for a new one",
                    file,
                    e.toString());
        }
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
