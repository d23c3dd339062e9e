package io.sallyport.controlplane.relay;

import io.sallyport.controlplane.tls.Pem;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** An authority for tests, and what it signs. */
final class Certificates {

    private static final AtomicLong SERIAL = new AtomicLong(1);
    private static final char[] IN_MEMORY = "in-memory".toCharArray();

    record Issued(X509Certificate certificate, KeyPair keys) {
        void writeTo(Path certificateFile, Path keyFile) throws Exception {
            Files.writeString(certificateFile, Pem.certificate(certificate));
            Files.writeString(keyFile, Pem.key(keys.getPrivate()));
        }
    }

    private final Issued authority;

    Certificates(String name) throws Exception {
        KeyPair keys = newKeys();
        this.authority = new Issued(sign(name, keys, name, keys, Duration.ofDays(1), null), keys);
    }

    X509Certificate authority() {
        return authority.certificate();
    }

    Issued server() throws Exception {
        return issue("relay", Duration.ofHours(1), KeyPurposeId.id_kp_serverAuth);
    }

    Issued client() throws Exception {
        return issue("orders", Duration.ofHours(1), KeyPurposeId.id_kp_clientAuth);
    }

    Issued expiredClient() throws Exception {
        return issue("orders", Duration.ofSeconds(-1), KeyPurposeId.id_kp_clientAuth);
    }

    private Issued issue(String name, Duration life, KeyPurposeId purpose) throws Exception {
        KeyPair keys = newKeys();
        String issuer =
                authority.certificate().getSubjectX500Principal().getName().substring("CN=".length());
        return new Issued(sign(name, keys, issuer, authority.keys(), life, purpose), keys);
    }

    /** A client's context: trusts {@code relayAuthority} and shows {@code own}, if any. */
    static SSLContext client(X509Certificate relayAuthority, Issued own) throws Exception {
        KeyStore roots = KeyStore.getInstance("PKCS12");
        roots.load(null, null);
        roots.setCertificateEntry("authority", relayAuthority);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(roots);
        KeyManagerFactory keys = null;
        if (own != null) {
            KeyStore mine = KeyStore.getInstance("PKCS12");
            mine.load(null, null);
            mine.setKeyEntry("own", own.keys().getPrivate(), IN_MEMORY, new Certificate[] {own.certificate()});
            keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(mine, IN_MEMORY);
        }
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys == null ? null : keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private static KeyPair newKeys() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static X509Certificate sign(
            String subject, KeyPair keys, String issuer, KeyPair signer, Duration life, KeyPurposeId purpose)
            throws Exception {
        Instant from = Instant.now().minus(Duration.ofHours(1));
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                new X500Name("CN=" + issuer),
                BigInteger.valueOf(SERIAL.getAndIncrement()),
                Date.from(from),
                Date.from(Instant.now().plus(life)),
                new X500Name("CN=" + subject),
                keys.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(purpose == null));
        if (purpose != null) {
            builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
        }
        return new JcaX509CertificateConverter()
                .getCertificate(
                        builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(signer.getPrivate())));
    }
}
