package io.sallyport.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import io.sallyport.core.hold.ApprovalDesk;
import io.sallyport.core.hold.HoldRoom;
import io.sallyport.core.hold.Outcome;
import io.sallyport.core.hold.Ticket;
import io.sallyport.testing.MariaDb;
import io.sallyport.testing.TlsPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code at: commit} on servers with locks of their own; what is the same for all databases is in {@link CommitApprovalTest}. */
class CommitApprovalServersTest {

    private static final String POLICY = """
            version: 1
            mode: enforce
            default: {jdbc: allow, http: allow, unmatched: allow, opaque: allow}
            guard:
              - name: mass-write
                when: {kind: [delete, update]}
                then: approve
                message: "Mass writes need a second person."
                approval: {anyOf: [dba], at: commit, commitWait: %s}
            """;

    enum Server {
        POSTGRESQL,
        MARIADB,
        MYSQL;

        Connection connect() throws SQLException {
            return switch (this) {
                case POSTGRESQL ->
                    WovenProcess.connect(postgres.url(), "user", postgres.user(), "password", postgres.password());
                case MARIADB -> MysqlDriver.MARIADB_4.connect(mariadb);
                case MYSQL -> MysqlDriver.MYSQL_26.connect(mariadb);
            };
        }

        String left() throws SQLException {
            String sql = "SELECT COUNT(*) FROM " + (this == POSTGRESQL ? "" : "app.") + "orders WHERE note = 'old'";
            return this == POSTGRESQL ? postgres.query(sql) : mariadb.query(sql);
        }

        /** The session that is in a function which sleeps; {@code null} as long as there is none. */
        String sleeper() throws SQLException {
            return this == POSTGRESQL
                    ? postgres.query(
                            "SELECT pid FROM pg_stat_activity WHERE state = 'active' AND query = 'SELECT pg_sleep(600)'")
                    : mariadb.query("SELECT id FROM information_schema.processlist WHERE info = 'SELECT sleep(600)'");
        }

        void end(String session) {
            try {
                if (this == POSTGRESQL) {
                    postgres.execute("SELECT pg_terminate_backend(" + session + ")");
                } else {
                    mariadb.execute("KILL " + session);
                }
            } catch (SQLException gone) {
                // MariaDB's driver kills what it aborts.
            }
        }

        void restore() throws SQLException {
            String table = (this == POSTGRESQL ? "" : "app.") + "orders";
            String[] statements = {
                "DROP TABLE IF EXISTS " + table,
                "CREATE TABLE " + table + " (id INT PRIMARY KEY, note VARCHAR(20))",
                "INSERT INTO " + table + " VALUES (1,'old'),(2,'old'),(3,'old'),(4,'old')"
            };
            if (this == POSTGRESQL) {
                postgres.execute(statements);
            } else {
                mariadb.execute(statements);
            }
        }
    }

    private static final Outcome REFUSED = new Outcome.Refused(List.of("bob"), "not today");

    @TempDir
    static Path directory;

    @AutoClose
    private static TlsPostgres postgres;

    @AutoClose
    private static MariaDb mariadb;

    private final List<Ticket> tickets = new CopyOnWriteArrayList<>();
    private volatile Outcome answer = new Outcome.Approved(List.of("ann"), "fine", false);
    private UnderPolicy policy;

    @BeforeAll
    static void start() throws Exception {
        postgres = TlsPostgres.start(directory.resolve("postgres"));
        mariadb = MariaDb.startWithTls(directory.resolve("mariadb"));
    }

    @BeforeEach
    void load() throws Exception {
        govern("30s");
    }

    private void govern(String commitWait) throws Exception {
        ApprovalDesk desk = new ApprovalDesk() {
            @Override
            public void submit(Ticket ticket, Consumer<Outcome> listener) {
                tickets.add(ticket);
                if (answer != null) {
                    listener.accept(answer);
                }
            }

            @Override
            public void update(Ticket ticket) {}

            @Override
            public void withdraw(String ticketId, String why) {}
        };
        policy = new UnderPolicy(POLICY.formatted(commitWait), new HoldRoom(desk, Clock.systemUTC()));
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

    @ParameterizedTest
    @EnumSource(Server.class)
    void theCommitWaitsWithTheTrueNumberOfRowsAndARefusalRollsBack(Server server) throws SQLException {
        server.restore();
        try (Connection c = server.connect()) {
            c.setAutoCommit(false);
            run(c, "DELETE FROM orders WHERE id < 3", "UPDATE orders SET note = 'new' WHERE id = 4");
            assertThat(tickets).isEmpty();
            answer = REFUSED;
            assertThatThrownBy(c::commit).hasMessageContaining("not today").hasMessageContaining("rolled back");
            assertThat(tickets).singleElement().satisfies(t -> {
                assertThat(t.message())
                        .contains("3 rows changed by 2 statements", "delete 2, update 1", "30 s at most");
                assertThat(t.openTransaction()).isTrue();
            });
            assertThat(server.left()).isEqualTo("4");
            answer = new Outcome.Approved(List.of("ann"), "fine", false);
            run(c, "DELETE FROM orders WHERE id = 1");
            c.commit();
            assertThat(server.left()).as("the connection is as good as new").isEqualTo("3");
        }
    }

    @ParameterizedTest
    @EnumSource(Server.class)
    void savepointsCloseAndTheTextOfACommitAreNoWayAround(Server server) throws SQLException {
        server.restore();
        answer = REFUSED;
        try (Connection c = server.connect()) {
            c.setAutoCommit(false);
            Savepoint before = c.setSavepoint("before_all");
            run(c, "DELETE FROM orders WHERE id = 1");
            c.rollback(before);
            run(c, "DELETE FROM orders WHERE id = 2");
            c.releaseSavepoint(c.setSavepoint("late"));
            assertThatThrownBy(() -> run(c, "COMMIT")).hasMessageContaining("Roll the transaction back");
            assertThatThrownBy(() -> run(c, "INSERT INTO orders VALUES (9, 'old')"))
                    .isInstanceOf(SQLException.class);
            c.rollback();
            run(c, "DELETE FROM orders");
            assertThatThrownBy(() -> c.setAutoCommit(true)).hasMessageContaining("not today");
            run(c, "DELETE FROM orders");
        }
        assertThat(tickets).hasSize(2);
        assertThat(server.left()).isEqualTo("4");
    }

    @ParameterizedTest
    @EnumSource(
            value = Server.class,
            names = {"MARIADB", "MYSQL"})
    void whatTheServerCommitsByItselfWaits(Server server) throws SQLException {
        server.restore();
        answer = REFUSED;
        try (Connection c = server.connect()) {
            for (String ddl : List.of(
                    "CREATE TABLE another (id INT)",
                    "TRUNCATE TABLE orders",
                    "BEGIN",
                    "START TRANSACTION",
                    "LOCK TABLES orders READ",
                    "ANALYZE TABLE orders",
                    "OPTIMIZE TABLE orders",
                    "CHECK TABLE orders",
                    "REPAIR TABLE orders",
                    "BACKUP LOCK orders",
                    "FLUSH TABLES",
                    "RESET QUERY CACHE",
                    "INSTALL SONAME 'none'",
                    "SET @@autocommit = 1",
                    "SET @x = 1, @@autocommit = 1",
                    "UNLOCK TABLES",
                    "CACHE INDEX orders IN default")) {
                c.setAutoCommit(false);
                run(c, "DELETE FROM orders WHERE id = 1");
                assertThatThrownBy(() -> run(c, ddl)).as(ddl).hasMessageContaining("Roll the transaction back");
                c.rollback();
            }
            int asked = tickets.size();
            c.setAutoCommit(false);
            run(
                    c,
                    "DELETE FROM orders WHERE id = 1",
                    "SET @x = 1",
                    "SET NAMES utf8mb4",
                    "SELECT 1",
                    "SHOW TABLES",
                    "DO 1");
            c.rollback();
            assertThat(tickets).hasSize(asked);
        }
        assertThat(server.left()).isEqualTo("4");
    }

    @ParameterizedTest
    @EnumSource(Server.class)
    void nobodyHoldsLocksLongerThanTheCommitMayWait(Server server) throws Exception {
        server.restore();
        policy.close();
        govern("1s");
        answer = null;
        try (Connection c = server.connect()) {
            c.setAutoCommit(false);
            run(c, "DELETE FROM orders WHERE id = 1");
            assertThatThrownBy(c::commit)
                    .isInstanceOf(SQLTransientException.class)
                    .hasMessageContaining("rolled back");
            policy.close();
            // Another session would wait for the lock, were it still held.
            try (Connection other = server == Server.POSTGRESQL ? postgres.ungoverned() : mariadb.ungoverned()) {
                run(other, "DELETE FROM " + (server == Server.POSTGRESQL ? "" : "app.") + "orders WHERE id = 1");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Server.class)
    void anAbortWaitsForNothingThatAnotherThreadRuns(Server server) throws Exception {
        server.restore();
        Connection c = server.connect();
        c.setAutoCommit(false);
        run(c, "DELETE FROM orders WHERE id = 1");
        CompletableFuture<Void> slow = CompletableFuture.runAsync(() -> {
            try {
                run(c, server == Server.POSTGRESQL ? "SELECT pg_sleep(600)" : "SELECT sleep(600)");
            } catch (SQLException aborted) {
                throw new IllegalStateException(aborted);
            }
        });
        String sleeper = null;
        while ((sleeper = server.sleeper()) == null) {
            assertThat(slow).isNotCompletedExceptionally();
        }
        try {
            CompletableFuture.runAsync(() -> {
                        try {
                            c.abort(Runnable::run);
                        } catch (SQLException e) {
                            throw new IllegalStateException(e);
                        }
                    })
                    .get(20, TimeUnit.SECONDS);
        } finally {
            server.end(sleeper);
        }
        assertThatThrownBy(() -> slow.get(60, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class);
        assertThat(server.left()).isEqualTo("4");
        assertThat(tickets).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Server.class)
    void underAutoCommitPeopleAreAskedFirst(Server server) throws SQLException {
        server.restore();
        answer = REFUSED;
        try (Connection c = server.connect()) {
            assertThatThrownBy(() -> run(c, "DELETE FROM orders")).hasMessageContaining("not today");
        }
        assertThat(tickets)
                .singleElement()
                .satisfies(t -> assertThat(t.message()).contains("Asked before execution"));
        assertThat(server.left()).isEqualTo("4");
    }

    @Test
    void aConnectionThatGoesBackToItsPoolUncommittedIsRolledBack() throws Exception {
        Server.POSTGRESQL.restore();
        HikariConfig config = new HikariConfig();
        config.setDataSource(new OneConnection());
        config.setMaximumPoolSize(1);
        config.setAutoCommit(false);
        try (var pool = new com.zaxxer.hikari.HikariDataSource(config)) {
            try (Connection c = pool.getConnection()) {
                run(c, "DELETE FROM orders");
            }
            try (Connection c = pool.getConnection()) {
                c.commit();
            }
        }
        assertThat(tickets).isEmpty();
        assertThat(Server.POSTGRESQL.left()).isEqualTo("4");
    }

    /** A data source over the driver of the application's loader. */
    private static final class OneConnection implements DataSource {
        @Override
        public Connection getConnection() throws SQLException {
            return Server.POSTGRESQL.connect();
        }

        @Override
        public Connection getConnection(String user, String password) throws SQLException {
            return getConnection();
        }

        @Override
        public java.io.PrintWriter getLogWriter() {
            return null;
        }

        @Override
        public void setLogWriter(java.io.PrintWriter out) {}

        @Override
        public void setLoginTimeout(int seconds) {}

        @Override
        public int getLoginTimeout() {
            return 0;
        }

        @Override
        public java.util.logging.Logger getParentLogger() {
            return java.util.logging.Logger.getGlobal();
        }

        @Override
        public <T> T unwrap(Class<T> type) throws SQLException {
            throw new SQLException("not a wrapper");
        }

        @Override
        public boolean isWrapperFor(Class<?> type) {
            return false;
        }
    }
}
