package io.sallyport.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.testing.ChildJvm;
import io.sallyport.testing.ControlPlane;
import io.sallyport.testing.ControlPlaneClient;
import io.sallyport.testing.IssuedCertificate;
import io.sallyport.testing.TestAuthority;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A control plane that shows the certificate of an authority of its operator's, and a workload that joins it. */
@Tag("build-jdk")
class GivenCertificateIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String POLICY =
            "version: 1\nmode: enforce\nguard:\n  - {name: no-drop, when: {kind: [drop]}, then: deny}\n";

    @TempDir
    Path directory;

    private final TestAuthority corporate = TestAuthority.create("corporate");
    private final IssuedCertificate own = corporate.server("localhost", "127.0.0.1");

    @Test
    void theJoinTokenAloneLetsAWorkloadTrustTheAuthorityThatTheChainNames() throws Exception {
        try (ControlPlane plane = start(own.writeChain(directory.resolve("chain.pem")))) {
            assertThat(dropUnder(plane, "")).contains("1 failed java.sql.SQLException 42501", "rule no-drop");
            assertThat(corporate(plane)
                            .get("/api/v1/workloads")
                            .get(0)
                            .path("verified")
                            .asBoolean())
                    .isTrue();
        }
    }

    @Test
    void whereTheChainEndsBelowItTheWorkloadNeedsTheAuthoritysFile() throws Exception {
        try (ControlPlane plane = start(own.writeCertificate(directory.resolve("chain.pem")))) {
            assertThat(dropUnder(plane, "")).contains("not vouched for", "connect failed 42501");
            assertThat(corporate(plane).get("/api/v1/workloads")).isEmpty();
            assertThat(dropUnder(plane, ",ca-file=" + authority()))
                    .contains("1 failed java.sql.SQLException 42501", "rule no-drop");
        }
    }

    private ControlPlane start(Path chain) throws Exception {
        Path key = own.writeKey(directory.resolve("key.pem"));
        Path policy = Files.writeString(directory.resolve("policy.yaml"), POLICY);
        return ControlPlane.start(
                directory.resolve("data"),
                "--certificate",
                chain.toString(),
                "--key",
                key.toString(),
                "--policy",
                policy.toString());
    }

    private Path authority() throws Exception {
        return corporate.writeTo(directory.resolve("corporate.pem"));
    }

    private ControlPlaneClient corporate(ControlPlane plane) throws Exception {
        return new ControlPlaneClient(plane.url(), authority(), plane.adminToken());
    }

    /** What a workload says that joins with a fresh token and drops a table. */
    private String dropUnder(ControlPlane plane, String more) throws Exception {
        Path token =
                Files.writeString(directory.resolve("token"), corporate(plane).joinToken("probe", 1));
        String options = "control-plane=" + plane.url() + ",cold-start-wait=10s,token-file=" + token + more;
        try (ChildJvm jvm = Probe.h2(directory.resolve("spool"), options, "DROP TABLE IF EXISTS carts")) {
            assertThat(jvm.exitCode(LIMIT)).as(jvm.output()).isZero();
            return jvm.output();
        }
    }
}
