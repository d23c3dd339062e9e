package io.sallyport.protocol;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Prolongs a credential ({@code Authorization: Bearer <credential>}). It is answered with another certificate for the same key.
 *
 * @param token a fresh identity token; needed from workloads that enrolled with one
 * @param proof signature (SHA256withECDSA, base64) over {@link #proofOf} by the certified key; needed from workloads that have one. It
 *     does not change from one renewal to the next: whoever could copy it would get a certificate for a key that they do not have
 */
public record RenewRequest(@Nullable String token, @Nullable String proof) {

    /** What is signed. */
    public static byte[] proofOf(String credential) {
        return ("sallyport-renew-v1\n" + credential).getBytes(StandardCharsets.UTF_8);
    }
}
