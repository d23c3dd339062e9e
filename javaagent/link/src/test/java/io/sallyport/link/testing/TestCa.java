package io.sallyport.link.testing;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate authority for one test. */
public final class TestCa {

    private static final AtomicLong SERIAL = new AtomicLong(System.nanoTime());

    private final KeyPair keys;
    private final X500Name name;
    public final X509Certificate certificate;

    public TestCa(String name) {
        this(name, Instant.now().plus(Duration.ofDays(1)));
    }

    public TestCa(String name, Instant until) {
        this.name = new X500Name("CN=" + name);
        this.keys = keys();
        this.certificate =
                certificate(this.name, keys.getPublic(), this.name, keys.getPrivate(), twoDaysAgo(), until, true, null);
    }

    /** A server's key and chain: its own certificate, then the CA's. */
    public record ServerIdentity(PrivateKey key, X509Certificate[] chain) {}

    public ServerIdentity server() {
        return server(Instant.now().plus(Duration.ofDays(1)), localhost());
    }

    public ServerIdentity expiredServer() {
        return server(Instant.now().minus(Duration.ofHours(1)), localhost());
    }

    public ServerIdentity serverNamed(String host) {
        return server(
                Instant.now().plus(Duration.ofDays(1)), new GeneralNames(new GeneralName(GeneralName.dNSName, host)));
    }

    /** A relay's, which tells so in a URI. */
    public ServerIdentity relay() {
        return server(Instant.now().plus(Duration.ofDays(1)), new GeneralNames(new GeneralName[] {
            new GeneralName(GeneralName.dNSName, "localhost"),
            new GeneralName(GeneralName.uniformResourceIdentifier, "sallyport:relay")
        }));
    }

    private ServerIdentity server(Instant until, GeneralNames names) {
        KeyPair server = keys();
        X509Certificate leaf = certificate(
                new X500Name("CN=server"),
                server.getPublic(),
                name,
                keys.getPrivate(),
                twoDaysAgo(),
                until,
                false,
                names);
        return new ServerIdentity(server.getPrivate(), new X509Certificate[] {leaf, certificate});
    }

    /** A client certificate for a key (SubjectPublicKeyInfo, base64). */
    public X509Certificate client(String publicKey, Instant from, Instant until) {
        try {
            PublicKey key = KeyFactory.getInstance("EC")
                    .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(publicKey)));
            return certificate(new X500Name("CN=w-1"), key, name, keys.getPrivate(), from, until, false, null);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** As {@code JoinToken.caPin}. */
    public String pin() {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(keys.getPublic().getEncoded());
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    public Path writePem(Path file) {
        return writePem(file, certificate);
    }

    public static Path writePem(Path file, X509Certificate certificate) {
        try {
            String body = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                    .encodeToString(certificate.getEncoded());
            return Files.writeString(file, "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n");
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static Instant twoDaysAgo() {
        return Instant.now().minus(Duration.ofDays(2));
    }

    private static GeneralNames localhost() {
        return new GeneralNames(new GeneralName[] {
            new GeneralName(GeneralName.dNSName, "localhost"), new GeneralName(GeneralName.iPAddress, "127.0.0.1")
        });
    }

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return generator.generateKeyPair();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static X509Certificate certificate(
            X500Name subject,
            PublicKey subjectKey,
            X500Name issuer,
            PrivateKey issuerKey,
            Instant from,
            Instant until,
            boolean authority,
            GeneralNames names) {
        try {
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    issuer,
                    BigInteger.valueOf(SERIAL.incrementAndGet()),
                    Date.from(from),
                    Date.from(until),
                    subject,
                    subjectKey);
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
            if (names != null) {
                builder.addExtension(Extension.subjectAlternativeName, false, names);
            }
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(issuerKey)));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
