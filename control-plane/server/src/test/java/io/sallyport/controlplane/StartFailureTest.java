package io.sallyport.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each thing that keeps the control plane from starting is one plain line. */
class StartFailureTest {

    @TempDir
    Path directory;

    private ThrowableAssert.ThrowingCallable starting(Path data, int port, Path policy, String database) {
        return () -> ControlPlane.start(new Settings(data, "127.0.0.1", port, List.of(), policy, database))
                .close();
    }

    private static void isOneLine(Throwable failure) {
        assertThat(failure).isInstanceOf(StartFailure.class);
        assertThat(failure.getMessage()).doesNotContain("\n");
    }

    @Test
    void aPortInUse() throws Exception {
        try (ServerSocket taken = new ServerSocket(0)) {
            assertThatThrownBy(starting(directory.resolve("data"), taken.getLocalPort(), null, null))
                    .satisfies(StartFailureTest::isOneLine)
                    .hasMessageContaining("port " + taken.getLocalPort())
                    .hasMessageContaining("--port");
        }
    }

    @Test
    void aDataDirectoryThatCannotBeMade() throws Exception {
        Path file = Files.writeString(directory.resolve("a-file"), "x");
        assertThatThrownBy(starting(file.resolve("data"), 0, null, null))
                .satisfies(StartFailureTest::isOneLine)
                .hasMessageContaining("--data");
    }

    @Test
    void anInvalidPolicyFile() throws Exception {
        Path policy =
                Files.writeString(directory.resolve("policy.yaml"), "version: 1\nmode: enforce\nnonsense: true\n");
        assertThatThrownBy(starting(directory.resolve("data"), 0, policy, null))
                .satisfies(StartFailureTest::isOneLine)
                .hasMessageContaining("policy.yaml")
                .hasMessageContaining("line 3");
    }

    @Test
    void aMissingPolicyFile() {
        assertThatThrownBy(starting(directory.resolve("data"), 0, directory.resolve("none.yaml"), null))
                .satisfies(StartFailureTest::isOneLine)
                .hasMessageContaining("none.yaml");
    }

    @Test
    void aDatabaseThatIsNotThere() {
        assertThatThrownBy(starting(
                        directory.resolve("data"), 0, null, "jdbc:postgresql://127.0.0.1:1/x?user=u&password=s3cret"))
                .satisfies(StartFailureTest::isOneLine)
                .hasMessageContaining("--db")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void aDatabaseOfAnotherKind() {
        assertThatThrownBy(starting(directory.resolve("data"), 0, null, "jdbc:mysql://localhost/x"))
                .satisfies(StartFailureTest::isOneLine)
                .hasMessageContaining("PostgreSQL");
    }
}
