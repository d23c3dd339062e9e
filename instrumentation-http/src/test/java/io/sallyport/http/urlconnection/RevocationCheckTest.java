package io.sallyport.http.urlconnection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.http.contract.GovernedTest;
import io.sallyport.testing.TestAuthority;
import java.math.BigInteger;
import java.net.HttpURLConnection;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.PKIXRevocationChecker;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;

/**
 * The JDK asks whether a certificate was revoked, of a responder that the policy knows nothing of; in plain text, for the answer is signed and
 * TLS would ask the same again.
 */
class RevocationCheckTest extends GovernedTest {

    @Test
    void theJdksOwnQuestionPassesARuleThatRefusesTheApplications() throws Exception {
        assertThatThrownBy(() ->
                        ((HttpURLConnection) server.plain("/denied").toURL().openConnection()).getResponseCode())
                .hasMessageContaining("no-denied");
        assertThat(server.seen()).isEmpty();

        // The responder answers what is no OCSP answer, so the check fails after it was asked.
        assertThatThrownBy(this::checkRevocation).isInstanceOf(CertPathValidatorException.class);
        assertThat(server.seen()).isNotEmpty().allMatch(line -> line.contains(" /denied"));
    }

    @Test
    void soDoesItsFetchOfARevocationList() {
        // What the server answers is no list, so the check fails after it was asked.
        assertThatThrownBy(this::checkByList).isInstanceOf(CertPathValidatorException.class);
        assertThat(server.seen()).isNotEmpty().allMatch(line -> line.equals("GET /denied/list"));
    }

    private void checkByList() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        KeyPair issuer = generator.generateKeyPair();
        X509Certificate root = certificate(issuer, issuer, "issuer", null);
        X509Certificate leaf = certificate(
                issuer,
                generator.generateKeyPair(),
                "localhost",
                server.plain("/denied/list").toString());
        CertPathValidator validator = CertPathValidator.getInstance("PKIX");
        PKIXRevocationChecker checker = (PKIXRevocationChecker) validator.getRevocationChecker();
        checker.setOptions(Set.of(PKIXRevocationChecker.Option.PREFER_CRLS, PKIXRevocationChecker.Option.NO_FALLBACK));
        PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(root, null)));
        parameters.addCertPathChecker(checker);
        validator.validate(CertificateFactory.getInstance("X.509").generateCertPath(List.of(leaf)), parameters);
    }

    /** @param list where it says that its revocation list is; {@code null} for a root */
    private static X509Certificate certificate(KeyPair issuer, KeyPair subject, String name, String list)
            throws Exception {
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                new X500Name("CN=issuer"),
                BigInteger.TEN,
                Date.from(Instant.now().minusSeconds(60)),
                Date.from(Instant.now().plusSeconds(3600)),
                new X500Name("CN=" + name),
                subject.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(list == null));
        if (list != null) {
            GeneralName place = new GeneralName(GeneralName.uniformResourceIdentifier, list);
            DistributionPointName point = new DistributionPointName(new GeneralNames(place));
            builder.addExtension(Extension.cRLDistributionPoints, false, new CRLDistPoint(new DistributionPoint[] {
                new DistributionPoint(point, null, null)
            }));
        }
        return new JcaX509CertificateConverter()
                .getCertificate(
                        builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(issuer.getPrivate())));
    }

    private void checkRevocation() throws Exception {
        TestAuthority issuer = TestAuthority.create("issuer");
        CertPathValidator validator = CertPathValidator.getInstance("PKIX");
        PKIXRevocationChecker checker = (PKIXRevocationChecker) validator.getRevocationChecker();
        checker.setOcspResponder(server.plain("/denied"));
        checker.setOptions(Set.of(PKIXRevocationChecker.Option.NO_FALLBACK));
        PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(issuer.certificate(), null)));
        parameters.addCertPathChecker(checker);
        CertPath path = CertificateFactory.getInstance("X.509")
                .generateCertPath(List.of(issuer.server("localhost").certificate()));
        validator.validate(path, parameters);
    }
}
