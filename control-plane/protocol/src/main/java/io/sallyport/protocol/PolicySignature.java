package io.sallyport.protocol;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** What a policy signature covers (a domain separator, the version and the text), and whether one fits. */
public final class PolicySignature {

    private static final String ALGORITHM = "Ed25519";

    /** Bytes to sign or verify with Ed25519 (RFC 8032). */
    public static byte[] bytes(long version, String yaml) {
        return ("sallyport-policy-v1\n" + version + "\n" + yaml).getBytes(StandardCharsets.UTF_8);
    }

    /** @throws GeneralSecurityException when the text is not an Ed25519 SubjectPublicKeyInfo in base64 */
    public static PublicKey key(String base64) throws GeneralSecurityException {
        try {
            return KeyFactory.getInstance(ALGORITHM)
                    .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(base64)));
        } catch (IllegalArgumentException e) {
            throw new GeneralSecurityException("not base64", e);
        }
    }

    /** Whether {@code key} has signed exactly this; {@code signature} is in base64. */
    public static boolean fits(PublicKey key, long version, @Nullable String yaml, @Nullable String signature) {
        if (yaml == null || signature == null) {
            return false;
        }
        try {
            Signature verifier = Signature.getInstance(ALGORITHM);
            verifier.initVerify(key);
            verifier.update(bytes(version, yaml));
            return verifier.verify(Base64.getDecoder().decode(signature));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }

    private PolicySignature() {}
}
