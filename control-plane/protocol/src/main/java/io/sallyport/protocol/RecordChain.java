package io.sallyport.protocol;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The hash chain over what the control plane has stored of one recording, in hexadecimal SHA-256:
 *
 * <pre>
 *   digest(n) = SHA-256(sequence "\n" body)           body: the event's JSON text as it is stored
 *   chain(n)  = SHA-256(chain(n - 1) digest(n))       texts of 64 digits one behind the other; before the first: {@link #START}
 * </pre>
 *
 * An event can be left out of an excerpt: its digest stands for it, and the chain goes on.
 */
public final class RecordChain {

    /** Before the first event. */
    public static final String START = "0".repeat(64);

    private RecordChain() {}

    public static String digest(long sequence, String body) {
        return hex(sequence + "\n" + body);
    }

    public static String next(String before, String digest) {
        return hex(before + digest);
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
