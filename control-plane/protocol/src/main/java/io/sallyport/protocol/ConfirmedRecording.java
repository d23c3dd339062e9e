package io.sallyport.protocol;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/**
 * A workload's word that the control plane has confirmed all of a recording, which it deletes then: without it a recording that is no longer on
 * the disk was removed by somebody else.
 *
 * @param recording its name
 * @param last number of its last record; 0: it had none
 * @param signature Ed25519, base64, under the key of the workload's recordings over {@link #signed}
 */
public record ConfirmedRecording(String recording, long last, String signature) {

    /** What is signed: a text of its own kind, so that no other signature of the key fits. */
    public static byte[] signed(String recording, long last) {
        return ("sallyport-confirmed-1\n" + recording + "\n" + last + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** @param publicKey X.509, base64 */
    public boolean isSignedBy(String publicKey) {
        try {
            PublicKey key = KeyFactory.getInstance("Ed25519")
                    .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(publicKey)));
            Signature verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(key);
            verifier.update(signed(recording, last));
            return verifier.verify(Base64.getDecoder().decode(signature));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }
}
