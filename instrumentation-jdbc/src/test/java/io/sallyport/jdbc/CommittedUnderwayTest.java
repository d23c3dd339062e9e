package io.sallyport.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.core.hold.ApprovalDesk;
import io.sallyport.core.hold.HoldRoom;
import io.sallyport.core.hold.Outcome;
import io.sallyport.core.hold.Ticket;
import io.sallyport.testing.MariaDb;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Writes that a server commits before anybody could be asked at their commit, although {@code getAutoCommit()} is false: those of a batch that holds the COMMIT
 * too, and those under a server's own autocommit. People are asked before they run.
 */
class CommittedUnderwayTest {

    private static final String POLICY = """
            version: 1
            default: {jdbc: allow, http: allow, unmatched: allow, opaque: allow}
            guard:
              - name: counted
                when: {kind: [delete], tables: {write: [orders]}}
                then: approve
                approval: {anyOf: [dba], at: commit}
              - name: few
                when: {kind: [delete], tables: {write: [items]}, rows: {changed: 2, per: transaction}}
                then: deny
            """;

    enum Server {
        POSTGRESQL,
        MARIADB,
        MYSQL,
        H2,
        SQLITE;

        Connection connect(String... settings) throws SQLException {
            return switch (this) {
                case POSTGRESQL -> POSTGRES.connect();
                case MARIADB -> MysqlDriver.MARIADB_4.connect(mariadb, settings);
                case MYSQL -> MysqlDriver.MYSQL_26.connect(mariadb, settings);
                case H2 -> WovenProcess.connect("jdbc:h2:mem:underway;DB_CLOSE_DELAY=-1");
                case SQLITE -> WovenProcess.connect("jdbc:sqlite:" + directory.resolve("underway.db"));
            };
        }
    }

    @TempDir
    static Path directory;

    @RegisterExtension
    static final WovenPostgres POSTGRES = WovenPostgres.with();

    @AutoClose
    private static MariaDb mariadb;

    private final List<Ticket> tickets = new CopyOnWriteArrayList<>();
    private UnderPolicy policy;

    @BeforeAll
    static void start() throws Exception {
        mariadb = MariaDb.startWithTls(directory.resolve("mariadb"));
    }

    @BeforeEach
    void govern() throws Exception {
        ApprovalDesk desk = Governed.desk(tickets, new Outcome.Refused(List.of("bob"), "not today"));
        policy = new UnderPolicy(POLICY, new HoldRoom(desk, Clock.systemUTC()));
    }

    @AfterEach
    void reset() {
        policy.close();
    }

    private static void run(Connection c, String... statements) throws SQLException {
        try (Statement s = c.createStatement()) {
            for (String sql : statements) {
                s.execute(sql);
            }
        }
    }

    private static void tables(Connection c) throws SQLException {
        for (String name : List.of("orders", "items")) {
            run(
                    c,
                    "DROP TABLE IF EXISTS " + name,
                    "CREATE TABLE " + name + " (id INT PRIMARY KEY)",
                    "INSERT INTO " + name + " VALUES (1),(2),(3),(4),(5)");
        }
    }

    private static String left(Server server, String table) throws SQLException {
        try (Connection c = server.connect()) {
            return UnderPolicy.row(c, "SELECT COUNT(*) FROM " + table).get(0);
        }
    }

    @ParameterizedTest
    @EnumSource(Server.class)
    void aBatchThatCommitsWithinItselfIsApprovedBefore(Server server) throws SQLException {
        try (Connection c = server.connect();
                Statement s = c.createStatement()) {
            tables(c);
            c.setAutoCommit(false);
            s.addBatch("DELETE FROM orders WHERE id < 4");
            s.addBatch("COMMIT");
            assertThatThrownBy(s::executeBatch).hasMessageContaining("not today");
            assertThat(tickets)
                    .singleElement()
                    .satisfies(t -> assertThat(t.message()).contains("Asked before execution"));
            c.rollback();
        }
        assertThat(left(server, "orders")).isEqualTo("5");
    }

    @ParameterizedTest
    @EnumSource(Server.class)
    void aBatchThatCommitsWithinItselfDoesNotOutrunALimit(Server server) throws SQLException {
        try (Connection c = server.connect();
                Statement s = c.createStatement()) {
            tables(c);
            c.setAutoCommit(false);
            s.addBatch("DELETE FROM items WHERE id < 4");
            s.addBatch("COMMIT");
            assertThatThrownBy(s::executeBatch)
                    .hasMessageContaining("few")
                    .hasMessageContaining("commits within itself");
            c.rollback();
        }
        assertThat(left(server, "items")).isEqualTo("5");
    }

    static Stream<List<String>> waysToSwitch() {
        return Stream.of(
                List.of("MARIADB", "SET autocommit = 1"),
                List.of("MARIADB", "SET @@session.autocommit = ON"),
                List.of("MARIADB", "EXECUTE IMMEDIATE concat('SET auto', 'commit = 1')"),
                List.of("MARIADB", "CALL switches()"),
                List.of("MYSQL", "SET autocommit = 1"),
                List.of("MYSQL", "EXECUTE IMMEDIATE concat('SET auto', 'commit = 1')"),
                List.of("MYSQL", "CALL switches()"),
                List.of("H2", "SET AUTOCOMMIT TRUE"),
                List.of("H2", "EXECUTE IMMEDIATE 'SET AUTO' || 'COMMIT TRUE'"),
                List.of("SQLITE", "COMMIT"),
                List.of("SQLITE", "ROLLBACK"),
                List.of("SQLITE", "END"));
    }

    @ParameterizedTest
    @MethodSource("waysToSwitch")
    void whatTheServerCommitsByItselfIsApprovedBefore(List<String> way) throws SQLException {
        Server server = Server.valueOf(way.get(0));
        try (Connection c = server.connect()) {
            tables(c);
            if (mariadb != null && way.get(1).startsWith("CALL")) {
                mariadb.execute(
                        "DROP PROCEDURE IF EXISTS app.switches",
                        "CREATE DEFINER = app PROCEDURE app.switches() SET autocommit = 1");
            }
            c.setAutoCommit(false);
            run(c, way.get(1));
            // Told what it takes for true, a driver may send nothing.
            c.setAutoCommit(false);
            assertThatThrownBy(() -> run(c, "DELETE FROM orders WHERE id < 4")).hasMessageContaining("not today");
            assertThat(tickets)
                    .singleElement()
                    .satisfies(t -> assertThat(t.message()).contains("Asked before execution"));
        }
        assertThat(left(server, "orders")).isEqualTo("5");
    }

    @Test
    void afterTheApplicationSwitchedItBackTheCommitWaitsAgain() throws SQLException {
        for (Server server : List.of(Server.MARIADB, Server.MYSQL, Server.H2)) {
            try (Connection c = server.connect()) {
                tables(c);
                c.setAutoCommit(false);
                run(c, server == Server.H2 ? "SET AUTOCOMMIT TRUE" : "SET autocommit = 1");
                run(c, server == Server.H2 ? "SET AUTOCOMMIT FALSE" : "SET autocommit = 0");
                run(c, "DELETE FROM orders WHERE id < 4");
                assertThatThrownBy(c::commit).hasMessageContaining("not today").hasMessageContaining("rolled back");
                run(c, server == Server.H2 ? "SET AUTOCOMMIT TRUE" : "SET autocommit = 1");
                c.setAutoCommit(true);
                c.setAutoCommit(false);
                run(c, "DELETE FROM orders WHERE id < 4");
                assertThatThrownBy(c::commit).hasMessageContaining("not today").hasMessageContaining("rolled back");
            }
        }
        assertThat(tickets).allSatisfy(t -> assertThat(t.message()).contains("At commit"));
    }

    @Test
    void aTransactionThatSqliteEndedForAnErrorIsNoMoreWaitedFor() throws SQLException {
        try (Connection c = Server.SQLITE.connect()) {
            tables(c);
            c.setAutoCommit(false);
            assertThatThrownBy(() -> run(c, "INSERT OR ROLLBACK INTO items VALUES (1)"))
                    .isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> run(c, "DELETE FROM orders WHERE id < 4")).hasMessageContaining("not today");
        }
        assertThat(left(Server.SQLITE, "orders")).isEqualTo("5");
    }

    @Test
    void aTransactionBegunByTextStaysOneWhateverIsSetThatIsSoAlready() throws SQLException {
        try (Connection c = Server.POSTGRESQL.connect()) {
            tables(c);
            run(c, "BEGIN");
            c.setAutoCommit(true);
            run(c, "DELETE FROM items WHERE id < 3");
            assertThatThrownBy(() -> run(c, "DELETE FROM items WHERE id = 3")).hasMessageContaining("few");
            run(c, "ROLLBACK");
        }
        assertThat(left(Server.POSTGRESQL, "items")).isEqualTo("5");
    }
}
