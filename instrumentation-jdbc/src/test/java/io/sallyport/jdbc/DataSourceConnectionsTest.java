package io.sallyport.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.core.command.ConnectCommand;
import io.sallyport.testing.MariaDb;
import io.sallyport.testing.TlsPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.ConnectionPoolDataSource;
import javax.sql.DataSource;
import javax.sql.PooledConnection;
import javax.sql.XADataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Connections that no {@code Driver} was asked for, and handles of pooled and distributed ones, are governed like all others. */
class DataSourceConnectionsTest {

    private static final String POLICY = """
            version: 1
            mode: enforce
            default: {jdbc: allow, http: allow, unmatched: allow, opaque: allow}
            mask:
              - {name: contact, columns: ["*.email"], with: redact}
            guard:
              - {name: no-drop, when: {kind: [drop]}, then: deny, message: "Not here."}
            """;

    @TempDir
    static Path directory;

    @AutoClose
    private static TlsPostgres postgres;

    @AutoClose
    private static MariaDb mariadb;

    private UnderPolicy policy;

    @BeforeAll
    static void start() throws Exception {
        postgres = TlsPostgres.start(directory.resolve("postgres"));
        mariadb = MariaDb.startWithTls(directory.resolve("mariadb"));
        postgres.execute(
                "CREATE TABLE people (id INT PRIMARY KEY, email VARCHAR(40))",
                "INSERT INTO people VALUES (1, 'ada@example.org')");
        mariadb.execute(
                "CREATE TABLE app.people (id INT PRIMARY KEY, email VARCHAR(40))",
                "INSERT INTO app.people VALUES (1, 'ada@example.org')");
    }

    @AfterEach
    void reset() {
        policy.close();
    }

    @ParameterizedTest
    @EnumSource(DriverDataSource.class)
    void whateverADataSourceHandsOutIsGovernedAndSoIsEachHandleOfIt(DriverDataSource kind) throws Exception {
        // Some fill a pool as soon as they know where.
        policy = new UnderPolicy(POLICY);
        Object source =
                kind.source(postgres, mariadb, directory.resolve("people.db").toString());
        boolean asked = false;
        if (source instanceof DataSource plain) {
            prepare(kind, plain);
            isGoverned(kind, plain.getConnection());
            asked = true;
        }
        if (source instanceof ConnectionPoolDataSource pool) {
            policy = new UnderPolicy(POLICY);
            handlesAreGoverned(kind, pool.getPooledConnection());
            asked = true;
        }
        if (source instanceof XADataSource distributed) {
            policy = new UnderPolicy(POLICY);
            handlesAreGoverned(kind, distributed.getXAConnection());
            asked = true;
        }
        if (source instanceof AutoCloseable pool) {
            pool.close();
        }
        assertThat(asked).isTrue();
    }

    /** The tables of databases in this process, and a policy that has seen nothing but the connect. */
    private void prepare(DriverDataSource kind, DataSource plain) throws Exception {
        if (kind == DriverDataSource.H2 || kind.name().startsWith("SQLITE")) {
            WovenProcess.GATE.reset();
            try (Connection c = plain.getConnection();
                    Statement s = c.createStatement()) {
                s.execute("CREATE TABLE IF NOT EXISTS people (id INT PRIMARY KEY, email VARCHAR(40))");
                s.execute("DELETE FROM people");
                s.execute("INSERT INTO people VALUES (1, 'ada@example.org')");
            }
            policy = new UnderPolicy(POLICY);
        }
    }

    private void handlesAreGoverned(DriverDataSource kind, PooledConnection pooled) throws SQLException {
        Connection first = pooled.getConnection();
        Statement kept = first.createStatement();
        isGoverned(kind, first);
        assertThatThrownBy(() -> kept.execute("DROP TABLE people"))
                .as("a statement of a handle that was given back, which some drivers leave open")
                .isInstanceOf(SQLException.class);
        isGoverned(kind, pooled.getConnection());
        if (!kind.fillsPool()) {
            assertThat(WovenProcess.GATE.ended)
                    .as("the session is the physical connection's")
                    .isEmpty();
        }
        pooled.close();
        if (!kind.fillsPool()) {
            assertThat(WovenProcess.GATE.ended).hasSize(1);
        }
    }

    private void isGoverned(DriverDataSource kind, Connection handle) throws SQLException {
        try (handle) {
            if (!kind.fillsPool()) {
                assertThat(WovenProcess.GATE.asked)
                        .filteredOn(ConnectCommand.class::isInstance)
                        .as("decided when it was opened, and once")
                        .hasSize(1);
            }
            try (PreparedStatement s = handle.prepareStatement("SELECT id, email FROM people WHERE id = ?")) {
                s.setInt(1, 1);
                try (ResultSet rows = s.executeQuery()) {
                    isMasked(rows);
                }
            }
            try (Statement s = handle.createStatement();
                    ResultSet rows = s.executeQuery("SELECT id, email FROM people")) {
                isMasked(rows);
            }
            Connection inner = handle.isWrapperFor(Connection.class) ? handle.unwrap(Connection.class) : handle;
            for (Connection c :
                    new Connection[] {handle, inner, handle.getMetaData().getConnection()}) {
                try (Statement s = c.createStatement()) {
                    assertThatThrownBy(() -> s.execute("DROP TABLE people"))
                            .isInstanceOf(SQLException.class)
                            .hasMessageContaining("Not here.");
                    assertThatThrownBy(() -> s.getConnection()
                                    .prepareStatement("DROP TABLE people")
                                    .execute())
                            .hasMessageContaining("Not here.");
                    try (ResultSet rows = s.executeQuery("SELECT id, email FROM people")) {
                        isMasked(rows);
                    }
                }
            }
        }
        assertThat(policy.events).filteredOn(e -> "deny".equals(e.verdict())).hasSizeGreaterThanOrEqualTo(6);
    }

    private static void isMasked(ResultSet rows) throws SQLException {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getInt(1)).isEqualTo(1);
        assertThat(rows.getString(2)).isNotNull().doesNotContain("ada");
        assertThat(rows.getObject("email")).asString().doesNotContain("ada");
    }
}
