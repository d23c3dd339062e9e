package io.sallyport.testing;

import java.io.IOException;
import java.io.Writer;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A CA and a server certificate for {@code localhost}, 127.0.0.1 and ::1, as PEM files.
 *
 * @param ca the CA's certificate
 * @param certificate the server's certificate
 * @param key the server's private key, mode 0600
 */
public record TestCertificates(Path ca, Path certificate, Path key) {

    private static final JcaContentSignerBuilder SIGNER = new JcaContentSignerBuilder("SHA256withECDSA");

    public static TestCertificates create(Path directory) throws IOException {
        try {
            KeyPair ca = newKey();
            X500Name caName = new X500Name("CN=Sallyport test database CA");
            X509CertificateHolder caCertificate = builder(caName, 1, caName, ca)
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
                    .build(SIGNER.build(ca.getPrivate()));
            KeyPair server = newKey();
            GeneralName[] names = {
                new GeneralName(GeneralName.dNSName, "localhost"),
                new GeneralName(GeneralName.iPAddress, "127.0.0.1"),
                new GeneralName(GeneralName.iPAddress, "::1")
            };
            X509CertificateHolder certificate = builder(caName, 2, new X500Name("CN=localhost"), server)
                    .addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names))
                    .build(SIGNER.build(ca.getPrivate()));
            Path key = directory.resolve("server.key");
            Files.deleteIfExists(key);
            Files.createFile(key, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            // PKCS #8: the traditional EC form that the writer would choose lacks the curve, and OpenSSL refuses it.
            write(key, new JcaPKCS8Generator(server.getPrivate(), null));
            return new TestCertificates(
                    write(directory.resolve("ca.pem"), caCertificate),
                    write(directory.resolve("server.crt"), certificate),
                    key);
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException("this JDK cannot make certificates", e);
        }
    }

    private static JcaX509v3CertificateBuilder builder(X500Name issuer, long serial, X500Name subject, KeyPair key) {
        Instant now = Instant.now();
        return new JcaX509v3CertificateBuilder(
                issuer,
                BigInteger.valueOf(serial),
                Date.from(now.minus(1, ChronoUnit.HOURS)),
                Date.from(now.plus(2, ChronoUnit.DAYS)),
                subject,
                key.getPublic());
    }

    private static KeyPair newKey() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static Path write(Path file, Object pem) throws IOException {
        try (Writer out = Files.newBufferedWriter(file);
                JcaPEMWriter writer = new JcaPEMWriter(out)) {
            writer.writeObject(pem);
        }
        return file;
    }
}
