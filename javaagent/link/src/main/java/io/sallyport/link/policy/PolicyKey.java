package io.sallyport.link.policy;

import io.sallyport.protocol.PolicySignature;
import io.sallyport.protocol.ServerMessage.PolicyUpdate;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/** The pinned key that signs policies: Ed25519, RFC 8032. Immutable. */
final class PolicyKey {

    private final PublicKey key;

    /** @throws GeneralSecurityException when the text is not an Ed25519 SubjectPublicKeyInfo in base64 */
    PolicyKey(String base64) throws GeneralSecurityException {
        try {
            key = KeyFactory.getInstance("Ed25519")
                    .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(base64)));
        } catch (IllegalArgumentException e) {
            throw new GeneralSecurityException("not base64", e);
        }
    }

    boolean signed(PolicyUpdate policy) {
        if (policy.yaml() == null || policy.signature() == null) {
            return false;
        }
        try {
            Signature verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(key);
            verifier.update(PolicySignature.bytes(policy.version(), policy.yaml()));
            return verifier.verify(Base64.getDecoder().decode(policy.signature()));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }
}
