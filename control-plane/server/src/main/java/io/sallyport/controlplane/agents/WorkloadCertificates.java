package io.sallyport.controlplane.agents;

import io.sallyport.controlplane.Problem;
import io.sallyport.controlplane.tls.CertificateAuthority;
import io.sallyport.protocol.RenewRequest;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Certificates of workloads, and of relays, which enrol as they do: made by the control plane's own authority, short-lived, for one key per enrolment. Thread-safe. */
public final class WorkloadCertificates {

    private final CertificateAuthority authority;

    public WorkloadCertificates(CertificateAuthority authority) {
        this.authority = authority;
    }

    /**
     * The certificate, DER in base64: a client's, or for a relay a server's under its names.
     *
     * @param by see {@link Admission#by}
     * @param labels verified ones
     */
    String issue(String publicKey, String workload, String by, Map<String, String> labels, Duration life) {
        try {
            List<String> relay = RelayNames.of(by, labels);
            X509Certificate certificate = relay.isEmpty()
                    ? authority.issueClient(key(publicKey), workload, life)
                    : authority.issueRelay(key(publicKey), "Sallyport relay " + workload, relay, life);
            return Base64.getEncoder().encodeToString(certificate.getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the certificate cannot be made", e);
        }
    }

    /** A key that can be certified, in the form that is stored. */
    static String checked(String publicKey) {
        try {
            return Base64.getEncoder().encodeToString(key(publicKey).getEncoded());
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new Problem(Problem.Kind.INVALID, "publicKey must be a P-256 key (SubjectPublicKeyInfo, base64)");
        }
    }

    /** Whether a channel's TLS peer has the key; the TLS layer has checked chain, time and possession. */
    static boolean has(@Nullable X509Certificate certificate, String publicKey) {
        return certificate != null
                && Base64.getEncoder()
                        .encodeToString(certificate.getPublicKey().getEncoded())
                        .equals(publicKey);
    }

    static boolean proves(@Nullable String proof, String credential, String publicKey) {
        if (proof == null) {
            return false;
        }
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initVerify(key(publicKey));
            signature.update(RenewRequest.proofOf(credential));
            return signature.verify(Base64.getDecoder().decode(proof));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }

    private static PublicKey key(String publicKey) throws GeneralSecurityException {
        if (publicKey.length() > 300) {
            throw new GeneralSecurityException("too long for a P-256 key");
        }
        ECPublicKey key = (ECPublicKey) KeyFactory.getInstance("EC")
                .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(publicKey)));
        if (key.getParams().getOrder().bitLength() != 256) {
            throw new GeneralSecurityException("not a P-256 key");
        }
        return key;
    }
}
