package io.sallyport.link.policy;

import io.sallyport.protocol.PolicySignature;
import io.sallyport.protocol.ServerMessage.PolicyUpdate;
import java.security.GeneralSecurityException;
import java.security.PublicKey;

/** The pinned key that signs policies: Ed25519, RFC 8032. Immutable. */
final class PolicyKey {

    private final PublicKey key;

    /** @throws GeneralSecurityException when the text is not an Ed25519 SubjectPublicKeyInfo in base64 */
    PolicyKey(String base64) throws GeneralSecurityException {
        key = PolicySignature.key(base64);
    }

    boolean signed(PolicyUpdate policy) {
        return PolicySignature.fits(key, policy.version(), policy.yaml(), policy.signature());
    }
}
