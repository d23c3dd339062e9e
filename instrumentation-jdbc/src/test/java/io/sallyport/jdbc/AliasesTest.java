package io.sallyport.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.testing.TlsPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A database that the policy knows by one name is governed under every other, too. */
class AliasesTest {

    private static final String READ = "SELECT email FROM callers";

    @TempDir
    static Path directory;

    @AutoClose
    private static TlsPostgres server;

    @BeforeAll
    static void start() throws IOException, SQLException {
        server = TlsPostgres.start(directory);
        server.execute("CREATE TABLE callers (email TEXT)");
        server.execute("INSERT INTO callers VALUES ('zq-canary')");
    }

    private static String policy(String host, String rest) {
        return """
                version: 1
                mode: enforce
                default: {jdbc: allow, http: allow, unmatched: allow, opaque: allow}
                targets:
                  - {name: callers, jdbc: "jdbc:postgresql://%s:*/*"}
                """.formatted(host) + rest;
    }

    private static Connection connect(String host) throws SQLException {
        return WovenProcess.connect(
                server.url().replace("localhost", host), "user", server.user(), "password", server.password());
    }

    @ParameterizedTest
    @CsvSource({
        "localhost, 127.0.0.1",
        "127.0.0.1, localhost",
        "localhost, 127.1",
        "127.0.0.*, localhost",
        "localhos*, 127.0.0.1",
        "localhost, LOCALHOST",
    })
    void aMaskHoldsUnderAnotherNameOfItsServer(String declared, String connected) throws Exception {
        try (UnderPolicy policy = new UnderPolicy(policy(declared, """
                        mask:
                          - {name: email, target: callers, columns: [callers.email], with: redact}
                        """));
                Connection c = connect(connected)) {
            assertThat(UnderPolicy.row(c, READ)).doesNotContain("zq-canary");
            assertThat(policy.events).isNotEmpty();
        }
    }

    @Test
    void aPermissionForAServerIsNoneForItsOtherNames() throws Exception {
        String rules = """
                guard:
                  - {name: no-reading, when: {kind: [read]}, then: deny}
                  - {name: but-here, target: callers, when: {kind: [read]}, then: allow, override: [no-reading]}
                """;
        try (UnderPolicy policy = new UnderPolicy(policy("localhost", rules));
                Connection named = connect("localhost");
                Connection aliased = connect("127.0.0.1")) {
            assertThat(UnderPolicy.row(named, READ)).containsExactly("zq-canary");
            assertThatThrownBy(() -> UnderPolicy.row(aliased, READ)).isInstanceOf(SQLException.class);
            assertThat(policy.events).isNotEmpty();
        }
    }

    @Test
    void aNameThatNobodyKnowsChangesNothing() throws Exception {
        try (UnderPolicy policy = new UnderPolicy(policy("no-such-host.invalid", """
                        mask:
                          - {name: email, target: callers, columns: [callers.email], with: redact}
                        """));
                Connection c = connect("127.0.0.1")) {
            assertThat(UnderPolicy.row(c, READ)).isEqualTo(List.of("zq-canary"));
            assertThat(policy.events).isNotEmpty();
        }
    }
}
