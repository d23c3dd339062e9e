package io.sallyport.testing;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/** A certificate authority (P-256), and what it signs: good certificates and those that nobody should accept. Thread-safe. */
public final class TestAuthority {

    private static final Duration LIFE = Duration.ofDays(2);
    private static final Duration EARLY = Duration.ofHours(1);
    private static final AtomicLong SERIAL = new AtomicLong(1);

    private final IssuedCertificate own;

    private TestAuthority(IssuedCertificate own) {
        this.own = own;
    }

    public static TestAuthority create(String name) {
        return new TestAuthority(sign(name, null, LIFE, null));
    }

    public X509Certificate certificate() {
        return own.certificate();
    }

    /** Writes its certificate as PEM. */
    public Path writeTo(Path file) throws IOException {
        return own.writeCertificate(file);
    }

    /** A server's certificate for these DNS names and literal addresses. */
    public IssuedCertificate server(String... names) {
        return sign(names[0], own, LIFE, KeyPurposeId.id_kp_serverAuth, names);
    }

    /** The same, ended a minute ago. */
    public IssuedCertificate expiredServer(String... names) {
        return sign(names[0], own, Duration.ofMinutes(-1), KeyPurposeId.id_kp_serverAuth, names);
    }

    public IssuedCertificate client(String name) {
        return sign(name, own, LIFE, KeyPurposeId.id_kp_clientAuth);
    }

    public IssuedCertificate expiredClient(String name) {
        return sign(name, own, Duration.ofMinutes(-1), KeyPurposeId.id_kp_clientAuth);
    }

    /** A server's certificate that nobody vouches for. */
    public static IssuedCertificate selfSigned(String... names) {
        return sign(names[0], null, LIFE, KeyPurposeId.id_kp_serverAuth, names);
    }

    /** For a client that trusts this authority alone, and shows {@code shown} to servers that ask. */
    public SSLContext clientContext(@Nullable IssuedCertificate shown) throws GeneralSecurityException, IOException {
        KeyStore roots = KeyStore.getInstance("PKCS12");
        roots.load(null, null);
        roots.setCertificateEntry("authority", certificate());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(roots);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(shown == null ? new KeyManager[0] : shown.keyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    /** @param issuer {@code null} for a certificate that vouches for itself */
    private static IssuedCertificate sign(
            String subject,
            @Nullable IssuedCertificate issuer,
            Duration life,
            @Nullable KeyPurposeId purpose,
            String... names) {
        try {
            KeyPair keys = newKeys();
            Instant now = Instant.now();
            X500Name name = new X500Name("CN=" + subject);
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    issuer == null
                            ? name
                            : new X500Name(issuer.certificate()
                                    .getSubjectX500Principal()
                                    .getName()),
                    BigInteger.valueOf(SERIAL.getAndIncrement()),
                    Date.from(now.minus(EARLY)),
                    Date.from(now.plus(life)),
                    name,
                    keys.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(purpose == null));
            if (purpose != null) {
                builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
            }
            if (names.length > 0) {
                builder.addExtension(Extension.subjectAlternativeName, false, alternatives(names));
            }
            X509Certificate certificate = new JcaX509CertificateConverter()
                    .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA")
                            .build(issuer == null ? keys.getPrivate() : issuer.key())));
            List<X509Certificate> chain =
                    issuer == null ? List.of(certificate) : List.of(certificate, issuer.certificate());
            return new IssuedCertificate(chain, keys.getPrivate());
        } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException("this JDK cannot make certificates", e);
        }
    }

    private static GeneralNames alternatives(String... names) {
        return new GeneralNames(Stream.of(names)
                .map(n -> new GeneralName(
                        n.indexOf(':') >= 0 || n.matches("[\\d.]+") ? GeneralName.iPAddress : GeneralName.dNSName, n))
                .toArray(GeneralName[]::new));
    }

    private static KeyPair newKeys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }
}
