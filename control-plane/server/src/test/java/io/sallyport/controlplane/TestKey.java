package io.sallyport.controlplane;

import io.sallyport.protocol.RenewRequest;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A workload's own key. */
final class TestKey {

    private final KeyPair pair;

    TestKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            pair = generator.generateKeyPair();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    String publicKey() {
        return Base64.getEncoder().encodeToString(pair.getPublic().getEncoded());
    }

    String prove(String credential) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(pair.getPrivate());
            signature.update(RenewRequest.proofOf(credential));
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** TLS with a certificate for this key. */
    SSLContext context(Path ca, String certificate) {
        try {
            CertificateFactory x509 = CertificateFactory.getInstance("X.509");
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("own", pair.getPrivate(), new char[0], new Certificate[] {
                x509.generateCertificate(
                        new ByteArrayInputStream(Base64.getDecoder().decode(certificate)))
            });
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, new char[0]);
            KeyStore roots = KeyStore.getInstance("PKCS12");
            roots.load(null, null);
            try (var stream = java.nio.file.Files.newInputStream(ca)) {
                roots.setCertificateEntry("ca", x509.generateCertificate(stream));
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(roots);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
