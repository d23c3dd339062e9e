package io.sallyport.controlplane.tls;

import io.sallyport.controlplane.secrets.SecretFile;
import io.sallyport.controlplane.secrets.Secrets;
import io.sallyport.protocol.RelayMark;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A private certificate authority (P-256, ten years), made at first start and kept in the data directory. */
public final class CertificateAuthority {

    private static final Duration LIFE = Duration.ofDays(3650);
    /** Certificates begin an hour back, for peers whose clocks are late. */
    private static final Duration EARLY = Duration.ofHours(1);

    private static final String SIGNATURE = "SHA256withECDSA";

    private final X509Certificate certificate;
    private final PrivateKey key;

    private CertificateAuthority(X509Certificate certificate, PrivateKey key) {
        this.certificate = certificate;
        this.key = key;
    }

    /** Reads {@code ca.pem} and {@code ca-key.pem}, or makes them. */
    public static CertificateAuthority loadOrCreate(Path directory) throws IOException, GeneralSecurityException {
        Path certificateFile = directory.resolve("ca.pem");
        Path keyFile = directory.resolve("ca-key.pem");
        if (Files.exists(keyFile) && Files.exists(certificateFile)) {
            return new CertificateAuthority(Pem.readCertificate(certificateFile), Pem.readKey(keyFile, "EC"));
        }
        KeyPair pair = newKey();
        X500Name name = new X500Name("CN=Sallyport control plane " + Secrets.identifier());
        X509Certificate certificate;
        try {
            X509v3CertificateBuilder builder = builder(name, name, pair.getPublic(), LIFE);
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            builder.addExtension(
                    Extension.subjectKeyIdentifier,
                    false,
                    new JcaX509ExtensionUtils().createSubjectKeyIdentifier(pair.getPublic()));
            certificate = sign(builder, pair.getPrivate());
        } catch (CertIOException | OperatorCreationException e) {
            throw new GeneralSecurityException("the certificate authority cannot be made: " + e.getMessage(), e);
        }
        SecretFile.write(keyFile, Pem.key(pair.getPrivate()));
        Files.writeString(certificateFile, Pem.certificate(certificate), StandardCharsets.US_ASCII);
        return new CertificateAuthority(certificate, pair.getPrivate());
    }

    /** Signs a server certificate for the given DNS names and IP addresses; the subject is {@code CN=<subject>}. */
    public X509Certificate issueServer(PublicKey publicKey, String subject, List<String> names, Duration life)
            throws GeneralSecurityException {
        return issue(publicKey, subject, alternativeNames(names), life);
    }

    /** The same for a relay, which agents must be able to tell from every other server of this authority's. */
    public X509Certificate issueRelay(PublicKey publicKey, String subject, List<String> names, Duration life)
            throws GeneralSecurityException {
        List<GeneralName> marked =
                new ArrayList<>(List.of(alternativeNames(names).getNames()));
        marked.add(new GeneralName(GeneralName.uniformResourceIdentifier, RelayMark.URI));
        return issue(publicKey, subject, new GeneralNames(marked.toArray(GeneralName[]::new)), life);
    }

    private X509Certificate issue(PublicKey publicKey, String subject, GeneralNames names, Duration life)
            throws GeneralSecurityException {
        try {
            X509v3CertificateBuilder builder = builder(
                    new X500Name(certificate.getSubjectX500Principal().getName()),
                    new X500NameBuilder().addRDN(BCStyle.CN, subject).build(),
                    publicKey,
                    life);
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            builder.addExtension(
                    Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
            builder.addExtension(
                    Extension.authorityKeyIdentifier,
                    false,
                    new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(certificate));
            builder.addExtension(Extension.subjectAlternativeName, false, names);
            return sign(builder, key);
        } catch (CertIOException | OperatorCreationException e) {
            throw new GeneralSecurityException("the server certificate cannot be made: " + e.getMessage(), e);
        }
    }

    /** Signs a client certificate; the subject is {@code CN=<name>}. */
    public X509Certificate issueClient(PublicKey publicKey, String name, Duration life)
            throws GeneralSecurityException {
        try {
            X509v3CertificateBuilder builder = builder(
                    new X500Name(certificate.getSubjectX500Principal().getName()),
                    new X500NameBuilder().addRDN(BCStyle.CN, name).build(),
                    publicKey,
                    life.plus(EARLY));
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            builder.addExtension(
                    Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth));
            return sign(builder, key);
        } catch (CertIOException | OperatorCreationException e) {
            throw new GeneralSecurityException("the client certificate cannot be made: " + e.getMessage(), e);
        }
    }

    public X509Certificate certificate() {
        return certificate;
    }

    /** SHA-256 of the authority's SubjectPublicKeyInfo, base64url without padding; what join tokens carry. */
    public String pin() {
        return pin(certificate);
    }

    static String pin(X509Certificate authority) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(Secrets.sha256(authority.getPublicKey().getEncoded()));
    }

    /** A secret of 256 bits for one purpose, the same on every replica that has this authority's key. */
    public byte[] derive(String purpose) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getEncoded(), "HmacSHA256"));
            return mac.doFinal(purpose.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has HmacSHA256", e);
        }
    }

    static KeyPair newKey() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static GeneralNames alternativeNames(List<String> names) {
        return new GeneralNames(names.stream()
                .map(name -> new GeneralName(
                        ServerCertificate.isAddress(name) ? GeneralName.iPAddress : GeneralName.dNSName, name))
                .toArray(GeneralName[]::new));
    }

    private static X509v3CertificateBuilder builder(X500Name issuer, X500Name subject, PublicKey key, Duration life) {
        Instant from = Instant.now().minus(EARLY);
        BigInteger serial = new BigInteger(1, Secrets.bytes(16));
        return new JcaX509v3CertificateBuilder(
                issuer, serial, Date.from(from), Date.from(from.plus(life)), subject, key);
    }

    private static X509Certificate sign(X509v3CertificateBuilder builder, PrivateKey key)
            throws OperatorCreationException, GeneralSecurityException {
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder(SIGNATURE).build(key)));
    }
}
