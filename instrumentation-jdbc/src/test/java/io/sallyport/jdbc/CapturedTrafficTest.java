package io.sallyport.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.sallyport.testing.Capture;
import io.sallyport.testing.TlsPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Statements, values and credentials, as tshark sees them; skipped where it is not installed or must not capture. */
@Timeout(120)
class CapturedTrafficTest {

    private static final String CANARY = "canary-4111111111111111";

    @TempDir
    Path directory;

    @Test
    void nothingOfAConnectionCanBeReadOnTheLoopback() throws Exception {
        try (TlsPostgres server = TlsPostgres.start(directory)) {
            Optional<Capture> allowed = Capture.of(directory.resolve("wire.pcapng"), server.port());
            assumeThat(allowed).as("tshark, allowed to capture on the loopback").isPresent();
            try (Capture capture = allowed.orElseThrow()) {
                try (Connection c = WovenProcess.connect(
                                server.url(), "user", server.user(), "password", server.password());
                        PreparedStatement s = c.prepareStatement("SELECT ? || '-answered' AS word")) {
                    s.setString(1, CANARY);
                    try (ResultSet rows = s.executeQuery()) {
                        assertThat(rows.next()).isTrue();
                        assertThat(rows.getString(1)).isEqualTo(CANARY + "-answered");
                    }
                }

                assertThat(capture.readable(List.of(CANARY, "-answered", server.user(), server.password())))
                        .isEmpty();
            }
        } finally {
            WovenProcess.GATE.reset();
        }
    }
}
