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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Drivers fail of calls that the server has carried out: what so ran is approved, counted and followed like anything else. */
class FailedCallsTest {

    private static final String POLICY = """
            version: 1
            default: {jdbc: allow, http: allow, unmatched: allow, opaque: allow}
            mask:
              - {name: emails, columns: [people.email], with: redact}
            guard:
              - name: counted
                when: {kind: [delete, update], tables: {write: [orders]}}
                then: approve
                approval: {anyOf: [dba], at: commit}
              - name: few
                when: {kind: [delete, update], tables: {write: [items]}, rows: {changed: 2, per: transaction}}
                then: deny
            """;

    /** A driver, and how a write runs although it says that it fails. */
    enum Way {
        POSTGRESQL_ASKED_FOR_ROWS(Way::askedForRows),
        POSTGRESQL_ANSWERING_ROWS(Way::answeringRows),
        POSTGRESQL_PREPARED((s, table) -> s.getConnection()
                .prepareStatement("DELETE FROM " + table + " WHERE id < 4")
                .executeQuery()),
        MARIADB_ANSWERING_ROWS(Way::answeringRows),
        MARIADB_ASKED_FOR_ROWS(Way::askedForRows),
        MARIADB_BATCH((s, table) -> {
            s.addBatch("DELETE FROM " + table + " WHERE id < 4");
            s.addBatch("INSERT INTO " + table + " VALUES (5)");
            s.executeBatch();
        }),
        SQLITE_ASKED_FOR_ROWS(Way::askedForRows),
        // Two rows are changed before the third fails.
        SQLITE_IN_PART((s, table) ->
                s.executeUpdate("UPDATE OR FAIL " + table + " SET id = CASE WHEN id < 3 THEN id + 10 ELSE 5 END"));

        private interface Write {
            void by(Statement s, String table) throws SQLException;
        }

        private final Write write;

        Way(Write write) {
            this.write = write;
        }

        private static void askedForRows(Statement s, String table) throws SQLException {
            s.executeQuery("DELETE FROM " + table + " WHERE id < 4");
        }

        private static void answeringRows(Statement s, String table) throws SQLException {
            s.executeUpdate("DELETE FROM " + table + " WHERE id < 4 RETURNING id");
        }

        void delete(Statement s, String table) throws SQLException {
            write.by(s, table);
        }

        Connection connect() throws SQLException {
            return switch (name().substring(0, name().indexOf('_'))) {
                case "POSTGRESQL" -> POSTGRES.connect();
                case "MARIADB" -> MysqlDriver.MARIADB_4.connect(mariadb);
                default -> WovenProcess.connect("jdbc:sqlite:" + directory.resolve("failed.db"));
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

    private static void table(Connection c, String name) throws SQLException {
        run(
                c,
                "DROP TABLE IF EXISTS " + name,
                "CREATE TABLE " + name + " (id INT PRIMARY KEY)",
                "INSERT INTO " + name + " VALUES (1),(2),(3),(4),(5)");
    }

    private static String left(Connection c, String table) throws SQLException {
        return UnderPolicy.row(c, "SELECT COUNT(*) FROM " + table).get(0);
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void whatRanAlthoughItsCallFailedIsNotCommittedUnasked(Way way) throws SQLException {
        try (Connection c = way.connect();
                Statement s = c.createStatement()) {
            table(c, "orders");
            c.setAutoCommit(false);
            assertThatThrownBy(() -> way.delete(s, "orders"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageNotContaining("Sallyport");
            assertThatThrownBy(c::commit).hasMessageContaining("not today");
            assertThat(tickets).hasSize(1);
            assertThat(left(c, "orders")).isEqualTo("5");
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void itCountsForLimitsOnChangedRows(Way way) throws SQLException {
        try (Connection c = way.connect();
                Statement s = c.createStatement()) {
            table(c, "items");
            c.setAutoCommit(false);
            assertThatThrownBy(() -> way.delete(s, "items")).hasMessageContaining("few");
            assertThatThrownBy(c::commit).hasMessageContaining("few");
            c.rollback();
            assertThat(left(c, "items")).isEqualTo("5");
        }
    }

    @Test
    void aWriteThatMariaDbsDriverMakesAResultOfIsCounted() throws SQLException {
        try (Connection c = MysqlDriver.MARIADB_3.connect(mariadb);
                Statement s = c.createStatement()) {
            table(c, "items");
            table(c, "orders");
            c.setAutoCommit(false);
            assertThatThrownBy(() -> s.executeQuery("DELETE FROM items")).hasMessageContaining("few");
            c.rollback();
            s.executeQuery("DELETE FROM orders WHERE id < 4");
            assertThatThrownBy(c::commit).hasMessageContaining("not today");
            assertThat(tickets)
                    .singleElement()
                    .satisfies(t -> assertThat(t.message()).contains("At commit: 3 rows"));
        }
    }

    @Test
    void whatTheServerRefusedOwesNothing() throws SQLException {
        for (Way way : List.of(Way.MARIADB_BATCH, Way.SQLITE_IN_PART)) {
            try (Connection c = way.connect()) {
                table(c, "items");
                table(c, "orders");
                c.setAutoCommit(false);
                assertThatThrownBy(() -> run(c, "DELETE FROM orders WHERE nothing = 1"))
                        .isInstanceOf(SQLException.class);
                assertThatThrownBy(() -> run(c, "UPDATE items SET id = 2 WHERE id = 1"))
                        .isInstanceOf(SQLException.class);
                c.commit();
            }
        }
        assertThat(tickets).isEmpty();
    }

    @Test
    void aSearchPathIsFollowedAlthoughItsCallFailed() throws SQLException {
        POSTGRES.server()
                .execute(
                        "CREATE TABLE people (id int, email text)",
                        "INSERT INTO people VALUES (1, 'ann@example.org')",
                        "CREATE TABLE named (id int, x text)",
                        "INSERT INTO named VALUES (1, 'clear')",
                        "CREATE SCHEMA other",
                        "CREATE VIEW other.named AS SELECT id, email AS x FROM people");
        for (String sql : List.of(
                "SET search_path TO other",
                "DO $$ BEGIN PERFORM set_config('search_path', 'other', false); END $$",
                "SELECT set_config('search_path', 'other', false)",
                "SET search_path TO other; SELECT 1")) {
            try (Connection c = Way.POSTGRESQL_PREPARED.connect();
                    Statement s = c.createStatement()) {
                assertThat(UnderPolicy.row(c, "SELECT x FROM named")).containsExactly("clear");
                assertThatThrownBy(() -> {
                            if (sql.contains("SELECT")) {
                                s.executeUpdate(sql);
                            } else {
                                s.executeQuery(sql);
                            }
                        })
                        .as(sql)
                        .isInstanceOf(SQLException.class);
                assertThat(UnderPolicy.row(c, "SELECT x FROM named"))
                        .as(sql)
                        .doesNotContain("ann@example.org", "clear");
            }
        }
    }

    @Test
    void aTransactionThatWasBegunByAFailedCallIsOne() throws SQLException {
        try (Connection c = Way.POSTGRESQL_PREPARED.connect();
                Statement s = c.createStatement()) {
            table(c, "items");
            assertThatThrownBy(() -> s.executeQuery("BEGIN")).isInstanceOf(SQLException.class);
            run(c, "DELETE FROM items WHERE id < 3");
            assertThatThrownBy(() -> run(c, "DELETE FROM items WHERE id = 3"))
                    .hasMessageContaining("the transaction changed more than 2 rows");
            run(c, "ROLLBACK");
            assertThat(left(c, "items")).isEqualTo("5");
        }
    }
}
