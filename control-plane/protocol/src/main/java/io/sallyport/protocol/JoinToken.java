package io.sallyport.protocol;

import java.util.regex.Pattern;

/**
 * A one-time secret that admits a workload and tells it which control plane to trust.
 *
 * <p>Text form: {@code sp1.<pin>.<id>.<secret>}, where {@code pin} is the SHA-256 of the CA key's SubjectPublicKeyInfo, base64url
 * without padding. The whole text is secret; {@code id} alone may be logged.
 */
public record JoinToken(String caPin, String id, String secret) {

    private static final Pattern PART = Pattern.compile("[A-Za-z0-9_-]{4,128}");

    /**
     * Reads the text form.
     *
     * @throws IllegalArgumentException with a message that does not repeat the token
     */
    public static JoinToken parse(String text) {
        String[] parts = text.strip().split("\\.", -1);
        if (parts.length != 4 || !parts[0].equals("sp1")) {
            throw new IllegalArgumentException("not a Sallyport join token (expected sp1.<pin>.<id>.<secret>)");
        }
        for (int i = 1; i < 4; i++) {
            if (!PART.matcher(parts[i]).matches()) {
                throw new IllegalArgumentException("damaged Sallyport join token (part " + i + ")");
            }
        }
        return new JoinToken(parts[1], parts[2], parts[3]);
    }

    /** The text form; secret. */
    public String text() {
        return "sp1." + caPin + "." + id + "." + secret;
    }

    @Override
    public String toString() {
        return "JoinToken[" + id + "]";
    }
}
