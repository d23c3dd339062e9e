package io.sallyport.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.core.hold.ApprovalDesk;
import io.sallyport.core.hold.HoldRoom;
import io.sallyport.core.hold.Outcome;
import io.sallyport.core.hold.Ticket;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code at: commit}: the write runs, people see what it did, and the commit waits for them. */
class CommitApprovalTest {

    private static final String POLICY = """
            version: 1
            mode: enforce
            default: {jdbc: allow, http: allow, unmatched: allow, opaque: allow}
            guard:
              - name: mass-write
                when: {kind: [delete, update, drop]}
                then: approve
                message: "Mass writes need a second person."
                approval: {anyOf: [dba], at: commit, commitWait: %s}
            """;

    /** Answers each ticket with the same outcome; without one it lets callers wait. */
    private static final class Desk implements ApprovalDesk {
        final List<Ticket> tickets = new CopyOnWriteArrayList<>();
        final CountDownLatch asked = new CountDownLatch(1);
        volatile Outcome answer = new Outcome.Approved(List.of("ann"), "fine", false);
        volatile Consumer<Outcome> waiting = outcome -> {};

        @Override
        public void submit(Ticket ticket, Consumer<Outcome> listener) {
            tickets.add(ticket);
            waiting = listener;
            asked.countDown();
            if (answer != null) {
                listener.accept(answer);
            }
        }

        @Override
        public void update(Ticket ticket) {}

        @Override
        public void withdraw(String ticketId, String why) {}
    }

    private final Desk desk = new Desk();
    private Connection keeper;
    private Connection connection;
    private UnderPolicy policy;

    @BeforeEach
    void prepare() throws Exception {
        WovenProcess.GATE.reset();
        keeper = WovenProcess.connect("jdbc:h2:mem:commits");
        try (Statement s = keeper.createStatement()) {
            s.execute("CREATE TABLE orders (id INT PRIMARY KEY, note VARCHAR)");
            s.execute("INSERT INTO orders SELECT x, 'old' FROM SYSTEM_RANGE(1, 10)");
        }
        govern("30s");
        connection = WovenProcess.connect("jdbc:h2:mem:commits");
        connection.setAutoCommit(false);
    }

    private void govern(String commitWait) throws Exception {
        policy = new UnderPolicy(POLICY.formatted(commitWait), new HoldRoom(desk, Clock.systemUTC()));
    }

    @AfterEach
    void close() throws SQLException {
        policy.close();
        try (Statement s = keeper.createStatement()) {
            s.execute("SHUTDOWN");
        }
    }

    private String left() throws SQLException {
        return UnderPolicy.row(keeper, "SELECT COUNT(*) FROM orders WHERE note = 'old'")
                .get(0);
    }

    private void update(String sql) throws SQLException {
        try (Statement s = connection.createStatement()) {
            s.executeUpdate(sql);
        }
    }

    @Test
    void theWritesRunAndOneTicketShowsWhatTheyChanged() throws SQLException {
        update("DELETE FROM orders WHERE id <= 3");
        try (PreparedStatement p = connection.prepareStatement("UPDATE orders SET note = ? WHERE id > 8")) {
            p.setString(1, "new");
            p.execute();
        }
        assertThat(desk.tickets).isEmpty();
        assertThat(left()).isEqualTo("10");
        connection.commit();
        assertThat(desk.tickets).singleElement().satisfies(t -> {
            assertThat(t.message())
                    .contains("Mass writes", "5 rows changed by 2 statements", "delete 3, update 2", "30 s at most");
            assertThat(t.openTransaction()).isTrue();
        });
        assertThat(left()).isEqualTo("5");
        connection.commit();
        assertThat(desk.tickets).hasSize(1);
    }

    @Test
    void aRefusalRollsBackAndLeavesTheConnectionUsable() throws SQLException {
        desk.answer = new Outcome.Refused(List.of("bob"), "not today");
        update("DELETE FROM orders");
        assertThatThrownBy(connection::commit)
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("not today")
                .hasMessageContaining("The transaction was rolled back.")
                .extracting(e -> ((SQLException) e).getSQLState())
                .isEqualTo("42501");
        assertThat(left()).isEqualTo("10");
        update("INSERT INTO orders VALUES (11, 'old')");
        connection.commit();
        assertThat(left()).isEqualTo("11");
    }

    @Test
    void codeThatTheEngineCallsCommitsNothingUnasked() throws SQLException {
        try (Statement s = keeper.createStatement()) {
            s.execute("CREATE ALIAS SETTLED AS 'int settled(java.sql.Connection c) throws Exception"
                    + " { c.commit(); return 1; }'");
        }
        desk.answer = new Outcome.Refused(List.of("bob"), "not today");
        update("DELETE FROM orders");
        try (Statement s = connection.createStatement()) {
            assertThatThrownBy(() -> s.executeQuery("SELECT SETTLED()")).isInstanceOf(SQLException.class);
        }
        assertThat(desk.tickets).hasSize(1);
        connection.rollback();
        assertThat(left()).isEqualTo("10");
    }

    @Test
    void whoDoesNotAnswerInTimeLetsTheLocksGo() throws Exception {
        desk.answer = null;
        policy.close();
        govern("1s");
        update("DELETE FROM orders");
        assertThatThrownBy(connection::commit)
                .isInstanceOf(SQLTransientException.class)
                .hasMessageContaining("rolled back");
        assertThat(left()).isEqualTo("10");
    }

    @Test
    void turningAutoCommitOnIsACommit() throws SQLException {
        desk.answer = new Outcome.Refused(List.of("bob"), "not today");
        update("DELETE FROM orders");
        assertThatThrownBy(() -> connection.setAutoCommit(true)).hasMessageContaining("not today");
        assertThat(connection.getAutoCommit()).isFalse();
        assertThat(left()).isEqualTo("10");
    }

    @Test
    void aCommitByTextAndDdlThatCommitsWaitToo() throws SQLException {
        desk.answer = new Outcome.Refused(List.of("bob"), "not today");
        for (String sql :
                List.of("COMMIT", "/* x */ commit work", "CREATE TABLE other (id INT)", "SET AUTOCOMMIT TRUE")) {
            update("DELETE FROM orders");
            assertThatThrownBy(() -> update(sql)).as(sql).hasMessageContaining("Roll the transaction back");
            assertThatThrownBy(() -> update("INSERT INTO orders VALUES (99, 'old')"))
                    .as(sql)
                    .isInstanceOf(SQLException.class);
            connection.rollback();
            assertThat(left()).as(sql).isEqualTo("10");
        }
        assertThat(desk.tickets).hasSize(4);
    }

    @Test
    void whatH2CommitsByItselfWaitsToo() throws SQLException {
        desk.answer = new Outcome.Refused(List.of("bob"), "not today");
        List<String> commits = List.of(
                "ANALYZE",
                "SCRIPT",
                "CHECKPOINT SYNC",
                "SET LOCK_TIMEOUT 100",
                "SET CACHE_SIZE 1000",
                "SET MODE REGULAR",
                "SET IGNORECASE FALSE",
                "DEALLOCATE PLAN x",
                "COMMENT ON TABLE orders IS 'x'");
        for (String sql : commits) {
            update("DELETE FROM orders");
            assertThatThrownBy(() -> run(sql)).as(sql).hasMessageContaining("Roll the transaction back");
            connection.rollback();
            assertThat(left()).as(sql).isEqualTo("10");
        }
        update("DELETE FROM orders");
        for (String sql : List.of("SET @x = 1", "SELECT 1", "EXPLAIN SELECT 1", "VALUES 1", "HELP")) {
            assertThatCode(() -> run(sql)).as(sql).doesNotThrowAnyException();
        }
        connection.rollback();
        assertThat(desk.tickets).hasSize(commits.size());
        assertThat(left()).isEqualTo("10");
    }

    private void run(String sql) throws SQLException {
        try (Statement s = connection.createStatement()) {
            s.execute(sql);
        }
    }

    @Test
    void nothingThatNeedsApprovalJoinsATransactionWhoseCommitWaits() throws Exception {
        desk.answer = null;
        update("DELETE FROM orders WHERE id = 1");
        CompletableFuture<Void> commit = CompletableFuture.runAsync(() -> {
            try {
                connection.commit();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(desk.asked.await(20, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
        assertThatThrownBy(() -> update("DELETE FROM orders"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("another thread is committing this transaction");
        desk.waiting.accept(new Outcome.Approved(List.of("ann"), "fine", false));
        commit.get();
        assertThat(left()).isEqualTo("9");
        // The next transaction is like any other.
        desk.answer = new Outcome.Approved(List.of("ann"), "fine", false);
        update("DELETE FROM orders WHERE id = 2");
        connection.commit();
        assertThat(desk.tickets).hasSize(2);
        assertThat(left()).isEqualTo("8");
    }

    @Test
    void whatAStoppedSessionDidIsNotCommitted() throws SQLException {
        update("INSERT INTO orders VALUES (11, 'old')");
        String session = policy.events.get(policy.events.size() - 1).session();
        policy.stopped.stop(session, "this session was stopped by ann");
        assertThatThrownBy(connection::commit)
                .hasMessageContaining("stopped by ann")
                .hasMessageContaining("rolled back");
        assertThat(left()).isEqualTo("10");
    }

    @Test
    void whatIsRolledBackAsksNobody() throws SQLException {
        update("DELETE FROM orders");
        connection.rollback();
        connection.commit();
        update("DELETE FROM orders");
        update("ROLLBACK");
        connection.commit();
        assertThat(desk.tickets).isEmpty();
        assertThat(left()).isEqualTo("10");
    }

    @Test
    void aSavepointTakesNothingOffTheDebt() throws SQLException {
        Savepoint before = connection.setSavepoint();
        update("DELETE FROM orders WHERE id = 1");
        connection.rollback(before);
        connection.commit();
        assertThat(desk.tickets).hasSize(1);
        assertThat(left()).isEqualTo("10");
    }

    @Test
    void closingWithoutACommitRollsBack() throws SQLException {
        update("DELETE FROM orders");
        connection.close();
        assertThat(desk.tickets).isEmpty();
        assertThat(left()).isEqualTo("10");
    }

    @Test
    void underAutoCommitPeopleAreAskedFirstAndToldSo() throws SQLException {
        desk.answer = new Outcome.Refused(List.of("bob"), "not today");
        connection.setAutoCommit(true);
        assertThatThrownBy(() -> update("DELETE FROM orders")).hasMessageContaining("not today");
        assertThat(desk.tickets)
                .singleElement()
                .satisfies(t -> assertThat(t.message()).contains("Asked before execution"));
        assertThat(left()).isEqualTo("10");
    }

    @Test
    void ddlThatCommitsItselfIsAskedFirst() {
        desk.answer = new Outcome.Refused(List.of("bob"), "not today");
        assertThatThrownBy(() -> update("DROP TABLE orders")).hasMessageContaining("not today");
        assertThat(desk.tickets)
                .singleElement()
                .satisfies(t -> assertThat(t.message()).contains("Asked before execution"));
    }

    @Test
    void aBatchThatFailsInPartIsNotCommittedUnasked() throws SQLException {
        try (Statement s = connection.createStatement()) {
            s.addBatch("DELETE FROM orders WHERE id = 1");
            s.addBatch("UPDATE orders SET id = 3 WHERE id = 2");
            assertThatThrownBy(s::executeBatch).isInstanceOf(SQLException.class);
        }
        connection.commit();
        assertThat(desk.tickets)
                .singleElement()
                .satisfies(t -> assertThat(t.message()).contains("at least 0 rows"));
    }

    @Test
    void anAbortEndsTheWaitAndTheTransaction() throws Exception {
        desk.answer = null;
        update("DELETE FROM orders");
        CompletableFuture<Throwable> commit = CompletableFuture.supplyAsync(() -> {
            try {
                connection.commit();
                return null;
            } catch (SQLException e) {
                return e;
            }
        });
        assertThat(desk.asked.await(20, java.util.concurrent.TimeUnit.SECONDS))
                .as(String.valueOf(commit))
                .isTrue();
        connection.abort(Runnable::run);
        assertThat(commit.get()).isInstanceOf(SQLException.class).hasMessageContaining("closed");
        assertThat(left()).isEqualTo("10");
    }
}
