package io.sallyport.http.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.core.policy.TlsRequirement;
import io.sallyport.core.policy.TlsRequirement.Level;
import io.sallyport.http.contract.Governed;
import io.sallyport.http.tls.KeptClient.Kept;
import io.sallyport.testing.IssuedCertificate;
import io.sallyport.testing.TestAuthority;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Connections that a client keeps for its next request, while the policy begins to demand something of their TLS. */
@Timeout(60)
class KeptConnectionsTest {

    @TempDir
    Path directory;

    private final IssuedCertificate certificate = TestAuthority.selfSigned("localhost");
    private HelloServer server;

    @BeforeEach
    void start() throws Exception {
        Governed.start();
        server = new HelloServer(certificate);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void demand(Level level, String minVersion, String... roots) {
        Governed.demandTls(server.port(), new TlsRequirement(level, minVersion, List.of(roots), Set.of()));
    }

    private String root() throws Exception {
        return certificate.writeCertificate(directory.resolve("root.pem")).toString();
    }

    @ParameterizedTest
    @EnumSource
    void whatIsNotWhatThePolicyDemandsByNowCarriesNothingMore(KeptClient client) throws Exception {
        try (Kept kept = client.open()) {
            assertThat(kept.get(server.uri())).isEqualTo("hello");

            demand(Level.VERIFY_CA, "TLSv1.2");
            assertThatThrownBy(() -> kept.get(server.uri())).hasStackTraceContaining("does not lead to a trusted root");
            assertThat(server.requests()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void rootsThatThePolicyNoLongerNamesAreNone(KeptClient client) throws Exception {
        demand(Level.VERIFY_FULL, "TLSv1.2", root());
        try (Kept kept = client.open()) {
            assertThat(kept.get(server.uri())).isEqualTo("hello");

            demand(Level.VERIFY_FULL, "TLSv1.2");
            assertThatThrownBy(() -> kept.get(server.uri())).hasStackTraceContaining("does not lead to a trusted root");
            assertThat(server.requests()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsAllThatThePolicyDemandsByNowGoesOn(KeptClient client) throws Exception {
        try (Kept kept = client.open()) {
            assertThat(kept.get(server.uri())).isEqualTo("hello");

            demand(Level.VERIFY_FULL, "TLSv1.3", root());
            assertThat(kept.get(server.uri())).isEqualTo("hello");
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    /** The connection that was refused is closed, and the client opens another. */
    @ParameterizedTest
    @EnumSource
    void afterARefusalTheNextRequestOpensAnotherConnection(KeptClient client) throws Exception {
        try (Kept kept = client.open()) {
            assertThat(kept.get(server.uri())).isEqualTo("hello");
            demand(Level.VERIFY_CA, "TLSv1.2");
            assertThatThrownBy(() -> kept.get(server.uri())).isNotNull();

            demand(Level.VERIFY_FULL, "TLSv1.2", root());
            assertThat(kept.get(server.uri())).isEqualTo("hello");
            assertThat(server.connections()).isEqualTo(2);
        }
    }
}
