package io.sallyport.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.testing.ChildJvm;
import io.sallyport.testing.ControlPlane;
import io.sallyport.testing.TestCertificates;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A workload that the control plane does not admit, or that does not trust what answers: one line, refused calls, no hanging. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TrustIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private ControlPlane plane;

    @TempDir
    Path directory;

    @BeforeAll
    void start(@TempDir Path data) throws Exception {
        plane = ControlPlane.start(data);
    }

    @AfterAll
    void stop() throws Exception {
        if (plane != null) {
            plane.close();
        }
    }

    private void expectRefusal(String token, String cause, String... options) throws Exception {
        Path file = Files.writeString(directory.resolve("token"), token);
        String all = "control-plane=" + plane.url() + ",cold-start-wait=1s,token-file=" + file
                + (options.length == 0 ? "" : "," + String.join(",", options));
        try (ChildJvm jvm = Probe.h2(directory.resolve("spool"), all, "SELECT 1")) {
            assertThat(jvm.exitCode(LIMIT)).as(jvm.output()).isZero();
            List<String> notices =
                    jvm.lines().stream().filter(l -> l.startsWith("sallyport")).toList();
            assertThat(notices).singleElement().asString().contains(cause);
            assertThat(jvm.output())
                    .contains("connect failed 42501")
                    .contains("cold-start")
                    .doesNotContain("1 row")
                    .doesNotContain(token.substring(token.lastIndexOf('.') + 1));
        }
    }

    @Test
    void aTokenWithAWrongSecretIsRefused() throws Exception {
        String token = plane.admin().joinToken("probe", 1);
        int secret = token.lastIndexOf('.') + 1;
        String wrong = token.substring(0, secret) + "A".repeat(token.length() - secret);
        expectRefusal(wrong, "refused join token");
    }

    @Test
    void aTokenThatIsUsedUpIsRefused() throws Exception {
        String token = plane.admin().joinToken("probe", 1);
        Path file = Files.writeString(directory.resolve("first-token"), token);
        String options = "control-plane=" + plane.url() + ",token-file=" + file;
        try (ChildJvm jvm = Probe.h2(directory.resolve("first-spool"), options, "SELECT 1")) {
            assertThat(jvm.exitCode(LIMIT)).as(jvm.output()).isZero();
            assertThat(jvm.output()).contains("1 row | 1");
        }
        expectRefusal(token, "has been used up");
    }

    @Test
    void aControlPlaneWhoseCaTheTokenDoesNotPinIsNotTrusted() throws Exception {
        String token = plane.admin().joinToken("probe", 1);
        String[] parts = token.split("\\.", -1);
        parts[1] = "A".repeat(parts[1].length());
        expectRefusal(String.join(".", parts), "not vouched for");
    }

    @Test
    void aControlPlaneThatTheCaFileDoesNotVouchForIsNotTrusted() throws Exception {
        Path other = TestCertificates.create(directory).ca();
        expectRefusal(plane.admin().joinToken("probe", 1), "not vouched for", "ca-file=" + other);
    }

    @Test
    void aFileThatIsNoTokenIsNamedAndNotRepeated() throws Exception {
        Path file = Files.writeString(directory.resolve("token"), "correct-horse-battery-staple");
        try (ChildJvm jvm = Probe.h2(
                directory.resolve("spool"), "control-plane=" + plane.url() + ",token-file=" + file, "SELECT 1")) {
            assertThat(jvm.exitCode(LIMIT)).isEqualTo(78);
            assertThat(jvm.lines())
                    .singleElement()
                    .asString()
                    .startsWith("sallyport: cannot start")
                    .contains(file.toString())
                    .doesNotContain("horse");
        }
    }
}
