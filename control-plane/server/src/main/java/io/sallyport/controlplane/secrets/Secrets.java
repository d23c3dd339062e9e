package io.sallyport.controlplane.secrets;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/**
 * Secrets that this process makes up. They have 256 bits of entropy, so a plain SHA-256 is enough to store them (passwords, which
 * people choose, go through {@link io.sallyport.controlplane.people.Passwords}). Thread-safe.
 */
public final class Secrets {

    private static final SecureRandom RANDOM = new SecureRandom();

    /** A new secret: 256 bits, base64url without padding. */
    public static String create() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(32));
    }

    /** A new public identifier: 80 bits in hex. Not a secret, but not guessable either. */
    public static String identifier() {
        return HexFormat.of().formatHex(bytes(10));
    }

    /** A password that people can type: 20 letters and digits without look-alikes, in groups of five; 97 bits. */
    public static String password() {
        String alphabet = "abcdefghjkmnpqrstuvwxyz23456789";
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            if (i > 0 && i % 5 == 0) {
                text.append('-');
            }
            text.append(alphabet.charAt(RANDOM.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    public static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    /** What is stored of a secret: its SHA-256 in hex. */
    public static String hash(String secret) {
        return HexFormat.of().formatHex(sha256(secret.getBytes(StandardCharsets.UTF_8)));
    }

    /** Whether a secret has the stored hash; takes the same time whatever the answer. */
    public static boolean matches(String secret, String storedHash) {
        return MessageDigest.isEqual(
                hash(secret).getBytes(StandardCharsets.US_ASCII), storedHash.getBytes(StandardCharsets.US_ASCII));
    }

    public static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    private Secrets() {}
}
