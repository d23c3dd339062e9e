package io.sallyport.controlplane.people;

import io.sallyport.controlplane.secrets.Secrets;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.concurrent.Semaphore;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.jspecify.annotations.Nullable;

/**
 * Passwords are stored as Argon2id (RFC 9106) in the PHC string form, with OWASP's parameters: 19 MiB, two passes, one lane.
 * Thread-safe; half of the processors compute them, so that a flood of logins takes neither the memory nor what everybody else needs.
 */
public final class Passwords {

    private static final int MEMORY_KIB = 19_456;
    private static final int PASSES = 2;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final Semaphore AT_ONCE =
            new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), true);

    /** Compared with when a user is unknown, so that the answer takes the same time. */
    private static final String NOBODY = hash(Secrets.create());

    public static String hash(String password) {
        byte[] salt = Secrets.bytes(SALT_BYTES);
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m=" + MEMORY_KIB + ",t=" + PASSES + ",p=1$" + base64.encodeToString(salt) + "$"
                + base64.encodeToString(derive(password, salt, MEMORY_KIB, PASSES, HASH_BYTES));
    }

    /** @param stored {@code null} for an unknown user; takes as long as a known one and answers {@code false} */
    public static boolean verify(String password, @Nullable String stored) {
        String[] parts = (stored == null ? NOBODY : stored).split("\\$");
        String[] costs = parts[3].split("[=,]");
        byte[] salt = Base64.getDecoder().decode(parts[4]);
        byte[] expected = Base64.getDecoder().decode(parts[5]);
        byte[] found = derive(password, salt, Integer.parseInt(costs[1]), Integer.parseInt(costs[3]), expected.length);
        return MessageDigest.isEqual(expected, found) && stored != null;
    }

    private static byte[] derive(String password, byte[] salt, int memory, int passes, int length) {
        AT_ONCE.acquireUninterruptibly();
        try {
            Argon2BytesGenerator generator = new Argon2BytesGenerator();
            generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                    .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                    .withMemoryAsKB(memory)
                    .withIterations(passes)
                    .withParallelism(1)
                    .withSalt(salt)
                    .build());
            byte[] result = new byte[length];
            generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), result);
            return result;
        } finally {
            AT_ONCE.release();
        }
    }

    private Passwords() {}
}
