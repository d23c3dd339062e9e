package io.sallyport.controlplane.secrets;

import org.jspecify.annotations.Nullable;

/**
 * The text form of a credential: {@code <prefix>.<id>.<secret>}. The id finds the stored row, the secret is compared with its
 * hash; so no query ever looks for a secret.
 *
 * @param prefix {@code spt} for a person's API token, {@code spw} for a workload's credential
 */
public record BearerText(String prefix, String id, String secret) {

    /** Prefix of API tokens. */
    public static final String API_TOKEN = "spt";

    /** Prefix of workload credentials. */
    public static final String WORKLOAD = "spw";

    /** Reads the value of an {@code Authorization} header; {@code null} when it is not one of ours. */
    public static @Nullable BearerText fromHeader(@Nullable String header, String prefix) {
        if (header == null || !header.regionMatches(true, 0, "Bearer ", 0, 7) || header.length() > 300) {
            return null;
        }
        String[] parts = header.substring(7).strip().split("\\.", -1);
        if (parts.length != 3 || !parts[0].equals(prefix) || parts[1].isEmpty() || parts[2].isEmpty()) {
            return null;
        }
        return new BearerText(parts[0], parts[1], parts[2]);
    }

    /** The text form; secret. */
    public String text() {
        return prefix + "." + id + "." + secret;
    }

    @Override
    public String toString() {
        return prefix + "." + id;
    }
}
