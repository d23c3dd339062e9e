package io.sallyport.http.urlconnection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.http.contract.GovernedTest;
import io.sallyport.testing.TestAuthority;
import java.net.HttpURLConnection;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.PKIXRevocationChecker;
import java.security.cert.TrustAnchor;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The JDK asks whether a certificate was revoked, of a responder that the policy knows nothing of. */
class RevocationCheckTest extends GovernedTest {

    @Test
    void theJdksOwnQuestionPassesARuleThatRefusesTheApplications() throws Exception {
        assertThatThrownBy(
                        () -> ((HttpURLConnection) server.at("/denied").toURL().openConnection()).getResponseCode())
                .hasMessageContaining("no-denied");
        assertThat(server.seen()).isEmpty();

        // The responder answers what is no OCSP answer, so the check fails after it was asked.
        assertThatThrownBy(this::checkRevocation).isInstanceOf(CertPathValidatorException.class);
        assertThat(server.seen()).isNotEmpty().allMatch(line -> line.contains(" /denied"));
    }

    private void checkRevocation() throws Exception {
        TestAuthority issuer = TestAuthority.create("issuer");
        CertPathValidator validator = CertPathValidator.getInstance("PKIX");
        PKIXRevocationChecker checker = (PKIXRevocationChecker) validator.getRevocationChecker();
        checker.setOcspResponder(server.at("/denied"));
        checker.setOptions(Set.of(PKIXRevocationChecker.Option.NO_FALLBACK));
        PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(issuer.certificate(), null)));
        parameters.addCertPathChecker(checker);
        CertPath path = CertificateFactory.getInstance("X.509")
                .generateCertPath(List.of(issuer.server("localhost").certificate()));
        validator.validate(path, parameters);
    }
}
