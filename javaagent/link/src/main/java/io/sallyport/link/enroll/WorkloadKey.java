package io.sallyport.link.enroll;

import io.sallyport.link.LinkException;
import io.sallyport.protocol.RenewRequest;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Security;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The workload's own key (P-256): made at enrolment, never sent. Providers are the JDK's, by name: an application may have put others first. */
public final class WorkloadKey {

    private static final String ALGORITHM = "SHA256withECDSA";

    /** Where it is missing (a runtime with certified providers only), whichever comes first. */
    private static final @Nullable Provider JDK = Security.getProvider("SunEC");

    /** @param publicKey SubjectPublicKeyInfo, base64; {@code privateKey} PKCS #8, base64 */
    record Made(String publicKey, String privateKey) {}

    static Made make() throws LinkException {
        try {
            KeyPairGenerator generator =
                    JDK == null ? KeyPairGenerator.getInstance("EC") : KeyPairGenerator.getInstance("EC", JDK);
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();
            Base64.Encoder base64 = Base64.getEncoder();
            return new Made(
                    base64.encodeToString(pair.getPublic().getEncoded()),
                    base64.encodeToString(pair.getPrivate().getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new LinkException("this Java runtime cannot make a P-256 key: " + e.getMessage(), e);
        }
    }

    /** @throws LinkException when what is stored is damaged */
    public static PrivateKey read(String privateKey) throws LinkException {
        try {
            KeyFactory factory = JDK == null ? KeyFactory.getInstance("EC") : KeyFactory.getInstance("EC", JDK);
            return factory.generatePrivate(
                    new PKCS8EncodedKeySpec(Base64.getDecoder().decode(privateKey)));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new LinkException("the stored key of this workload is damaged; it enrols again", e);
        }
    }

    /** @throws LinkException when what is stored is damaged */
    public static X509Certificate certificate(String certificate) throws LinkException {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(
                            new ByteArrayInputStream(Base64.getDecoder().decode(certificate)));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new LinkException("the stored certificate of this workload is damaged; it enrols again", e);
        }
    }

    /** Proof that this process has the key, see {@link RenewRequest}. */
    static String prove(String privateKey, String credential) throws LinkException {
        try {
            Signature signature =
                    JDK == null ? Signature.getInstance(ALGORITHM) : Signature.getInstance(ALGORITHM, JDK);
            signature.initSign(read(privateKey));
            signature.update(RenewRequest.proofOf(credential));
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new LinkException("the stored key of this workload cannot sign: " + e.getMessage(), e);
        }
    }

    private WorkloadKey() {}
}
