package io.sallyport.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.core.record.Event;
import io.sallyport.testing.MariaDb;
import io.sallyport.testing.TlsPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a transaction had done is in the record when it ends, however it ends. */
class TransactionRecordsTest {

    private static final String POLICY = """
            version: 1
            mode: enforce
            default: {jdbc: allow, http: allow, unmatched: allow, opaque: allow}
            """;

    enum Server {
        H2,
        SQLITE,
        POSTGRESQL,
        MARIADB;

        Connection connect() throws SQLException {
            return switch (this) {
                case H2 -> WovenProcess.connect("jdbc:h2:mem:transactions");
                case SQLITE -> WovenProcess.connect("jdbc:sqlite::memory:");
                case POSTGRESQL ->
                    WovenProcess.connect(postgres.url(), "user", postgres.user(), "password", postgres.password());
                case MARIADB -> MysqlDriver.MARIADB_4.connect(mariadb);
            };
        }

        /** Whether DDL ends the transaction. */
        boolean ddlCommits() {
            return this == H2 || this == MARIADB;
        }
    }

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
    }

    @BeforeEach
    void load() throws Exception {
        policy = new UnderPolicy(POLICY);
    }

    @AfterEach
    void reset() {
        policy.close();
    }

    private List<String> recorded() {
        return policy.events.stream()
                .filter(e -> e.type() == Event.Type.TRANSACTION)
                .map(e -> e.summary() + ": " + e.reason() + " / " + e.rows())
                .toList();
    }

    @ParameterizedTest
    @EnumSource(Server.class)
    void methodsAndStatementsThatEndATransactionSayWhatItDid(Server server) throws SQLException {
        try (Connection c = server.connect();
                Statement s = c.createStatement()) {
            s.execute("CREATE TABLE ledger (id INT PRIMARY KEY, note VARCHAR(20))");
            s.execute("INSERT INTO ledger VALUES (1, 'a'), (2, 'b'), (3, 'c')");
            assertThat(recorded()).as("autocommit").isEmpty();

            c.setAutoCommit(false);
            c.commit();
            assertThat(recorded()).as("nothing ran").isEmpty();

            s.executeUpdate("UPDATE ledger SET note = 'x'");
            Savepoint here = c.setSavepoint("here");
            try (PreparedStatement p = c.prepareStatement("DELETE FROM ledger WHERE id = ?")) {
                p.setInt(1, 1);
                p.execute();
            }
            c.rollback(here);
            s.executeQuery("SELECT id FROM ledger").close();
            c.commit();
            assertThat(recorded())
                    .containsExactly(
                            "savepoint: 1 statement, 3 rows changed / 3",
                            "rollback to savepoint: 2 statements, 4 rows changed / 4",
                            "commit: 3 statements, 4 rows changed / 4");

            policy.events.clear();
            s.executeUpdate("UPDATE ledger SET note = 'y' WHERE id = 2");
            c.rollback();
            s.executeUpdate("UPDATE ledger SET note = 'z' WHERE id > 1");
            c.setAutoCommit(true);
            assertThat(recorded())
                    .containsExactly(
                            "rollback: 1 statement, 1 row changed / 1", "commit: 1 statement, 2 rows changed / 2");

            policy.events.clear();
            c.setAutoCommit(false);
            s.addBatch("UPDATE ledger SET note = 'p' WHERE id = 2");
            s.addBatch("UPDATE ledger SET note = 'q' WHERE id = 3");
            s.executeBatch();
            if (server == Server.SQLITE) {
                // Its driver does not notice a transaction that a statement ended.
                c.rollback();
            } else {
                s.execute("ROLLBACK");
            }
            s.executeUpdate("UPDATE ledger SET note = 'r' WHERE id = 2");
            s.execute("CREATE TABLE other (id INT)");
            c.rollback();
            assertThat(recorded().get(0)).isEqualTo("rollback: 2 statements, 2 rows changed / 2");
            assertThat(recorded().get(1))
                    .startsWith(server.ddlCommits() ? "implicit commit: 2 statements" : "rollback: 2 statements");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Server.class,
            names = {"POSTGRESQL", "MARIADB"})
    void aConnectionThatIsClosedWithAnOpenTransactionSaysWhatItLeft(Server server) throws SQLException {
        try (Connection c = server.connect();
                Statement s = c.createStatement()) {
            s.execute("CREATE TABLE IF NOT EXISTS left_open (id INT)");
            c.setAutoCommit(false);
            s.executeUpdate("INSERT INTO left_open VALUES (1), (2)");
        }
        assertThat(recorded()).containsExactly("closed while open: 1 statement, 2 rows changed / 2");
    }
}
