package io.sallyport.http.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.sallyport.core.policy.TlsRequirement;
import io.sallyport.core.policy.TlsRequirement.Level;
import io.sallyport.http.contract.Governed;
import io.sallyport.http.tls.KeptClient.Kept;
import io.sallyport.testing.Capture;
import io.sallyport.testing.IssuedCertificate;
import io.sallyport.testing.TestAuthority;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Requests of every client, as tshark sees them; skipped where it is not installed or must not capture. */
@Timeout(120)
class CapturedTrafficTest {

    private static final String CANARY = "canary-4111111111111111";

    @TempDir
    Path directory;

    @Test
    void nothingOfARequestCanBeReadOnTheLoopback() throws Exception {
        Governed.start();
        IssuedCertificate certificate = TestAuthority.selfSigned("localhost");
        String root =
                certificate.writeCertificate(directory.resolve("root.pem")).toString();
        try (HelloServer server = new HelloServer(certificate)) {
            Optional<Capture> allowed = Capture.of(directory.resolve("wire.pcapng"), server.port());
            assumeThat(allowed).as("tshark, allowed to capture on the loopback").isPresent();
            Governed.demandTls(
                    server.port(), new TlsRequirement(Level.VERIFY_FULL, "TLSv1.2", List.of(root), Set.of()));
            try (Capture capture = allowed.orElseThrow()) {
                for (KeptClient client : KeptClient.values()) {
                    try (Kept kept = client.open()) {
                        assertThat(kept.get(URI.create(server.uri() + "?" + CANARY)))
                                .isEqualTo("hello");
                    }
                }

                assertThat(capture.readable(List.of(CANARY, "hello", "HTTP/1.1")))
                        .isEmpty();
            } finally {
                Governed.demandNoTls(server.port());
            }
        }
    }
}
