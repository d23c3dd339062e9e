package io.sallyport.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.core.command.SqlCommand;
import io.sallyport.core.command.SqlCommand.TransactionState;
import io.sallyport.core.verdict.Refusal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StatementsTest {

    private static final ScriptedGate GATE = WovenProcess.GATE;

    private Connection connection;

    @BeforeEach
    void open() throws SQLException {
        GATE.reset();
        connection = WovenProcess.connect("jdbc:h2:mem:statements");
        try (Statement s = connection.createStatement()) {
            s.execute("CREATE TABLE t (id INT PRIMARY KEY, name VARCHAR(20))");
            s.execute("INSERT INTO t VALUES (1, 'one'), (2, 'two')");
        }
        GATE.reset();
    }

    @AfterEach
    void close() throws SQLException {
        GATE.reset();
        connection.close();
    }

    @Test
    void everyExecutionOfAPlainStatementIsDecidedOnce() throws SQLException {
        try (Statement s = connection.createStatement()) {
            s.execute("UPDATE t SET name = 'a'");
            s.executeUpdate("UPDATE t SET name = 'b'");
            s.executeLargeUpdate("UPDATE t SET name = 'c'");
            s.executeQuery("SELECT name FROM t").close();
            s.executeUpdate("UPDATE t SET name = 'd'", Statement.RETURN_GENERATED_KEYS);
        }
        assertThat(GATE.statements())
                .containsExactly(
                        "UPDATE t SET name = 'a'",
                        "UPDATE t SET name = 'b'",
                        "UPDATE t SET name = 'c'",
                        "SELECT name FROM t",
                        "UPDATE t SET name = 'd'");
    }

    @Test
    void aRefusedStatementIsNotSentAndRefusedAgainOnTheSameThread() throws SQLException {
        GATE.denySql("DROP");
        try (Statement s = connection.createStatement()) {
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> s.execute("DROP TABLE t"))
                        .isExactlyInstanceOf(SQLException.class)
                        .hasMessage("Refused by Sallyport: not today. [rule test-rule, incident incident-1]")
                        .extracting(e -> ((SQLException) e).getSQLState())
                        .isEqualTo("42501");
            }
        }
        assertThat(GATE.statements()).hasSize(3);
        GATE.reset();
        assertThat(count()).isEqualTo(2);
    }

    @Test
    void aRefusedPreparedStatementIsRefusedAgainAndAnAdmittedOneIsDecidedEachTime() throws SQLException {
        GATE.denySql("DELETE");
        try (PreparedStatement refused = connection.prepareStatement("DELETE FROM t");
                PreparedStatement admitted = connection.prepareStatement("SELECT name FROM t WHERE id = ?")) {
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(refused::executeUpdate).isInstanceOf(SQLException.class);
                admitted.setInt(1, 1);
                admitted.executeQuery().close();
            }
        }
        assertThat(GATE.statements()).hasSize(6);
        assertThat(count()).isEqualTo(2);
    }

    @Test
    void parametersAreSeenWithTheirJavaTypes() throws SQLException {
        try (PreparedStatement s = connection.prepareStatement("SELECT ? || ?, ? FROM t")) {
            s.setString(1, "a");
            s.setNull(2, java.sql.Types.VARCHAR);
            s.setObject(3, java.time.LocalDate.of(2026, 1, 2));
            s.executeQuery().close();
            assertThat(GATE.last().parameterSets())
                    .containsExactly(java.util.Arrays.asList("a", null, java.time.LocalDate.of(2026, 1, 2)));
            s.clearParameters();
            s.setLong(1, 7L);
            s.setBoolean(2, true);
            s.setInt(3, 1);
            s.executeQuery().close();
            assertThat(GATE.last().parameterSets()).containsExactly(List.of(7L, true, 1));
        }
    }

    @Test
    void aBatchOfAPreparedStatementIsOneCommandWithAllParameters() throws SQLException {
        try (PreparedStatement s = connection.prepareStatement("INSERT INTO t VALUES (?, ?)")) {
            for (int i = 10; i < 13; i++) {
                s.setInt(1, i);
                s.setString(2, "n" + i);
                s.addBatch();
            }
            assertThat(GATE.statements()).isEmpty();
            assertThat(s.executeBatch()).hasSize(3);
            assertThat(GATE.statements()).hasSize(1);
            assertThat(GATE.last().parameterSets())
                    .containsExactly(List.of(10, "n10"), List.of(11, "n11"), List.of(12, "n12"));
            s.executeBatch();
            assertThat(GATE.statements()).as("an empty batch sends nothing").hasSize(1);
        }
        assertThat(GATE.alarms).isEmpty();
    }

    @Test
    void eachEntryOfALongBatchKeepsItsOwnParametersAlsoAfterItWasSent() throws SQLException {
        try (PreparedStatement s = connection.prepareStatement("INSERT INTO t VALUES (?, ?)")) {
            for (int i = 100; i < 200; i++) {
                s.setInt(1, i);
                s.setString(2, i % 2 == 0 ? null : "n" + i);
                s.addBatch();
            }
            s.executeBatch();
            List<List<Object>> sent = GATE.last().parameterSets();
            s.setInt(1, 200);
            s.setString(2, "another batch");
            s.addBatch();
            assertThat(sent).hasSize(100);
            for (int i = 0; i < 100; i++) {
                assertThat(sent.get(i)).containsExactly(100 + i, i % 2 == 0 ? null : "n" + (100 + i));
            }
        }
    }

    @Test
    void aBatchIsRefusedAsAWholeBeforeAnythingIsSent() throws SQLException {
        GATE.denySql("DELETE");
        try (Statement s = connection.createStatement()) {
            s.addBatch("INSERT INTO t VALUES (20, 'x')");
            s.addBatch("DELETE FROM t");
            assertThatThrownBy(s::executeBatch).isInstanceOf(SQLException.class);
            assertThatThrownBy(s::executeBatch).as("still there, still refused").isInstanceOf(SQLException.class);
            s.clearBatch();
            s.addBatch("INSERT INTO t VALUES (21, 'y')");
            assertThat(s.executeBatch()).containsExactly(1);
        }
        assertThat(count()).isEqualTo(3);
    }

    @Test
    void aFailedBatchLeavesNothingBehind() throws SQLException {
        try (Statement s = connection.createStatement()) {
            s.addBatch("INSERT INTO t VALUES (1, 'duplicate')");
            assertThatThrownBy(s::executeBatch).isInstanceOf(SQLException.class);
            GATE.reset();
            s.addBatch("INSERT INTO t VALUES (30, 'z')");
            s.executeBatch();
            assertThat(GATE.statements()).containsExactly("INSERT INTO t VALUES (30, 'z')");
        }
    }

    @Test
    void theDriversOwnFailureIsTheCallersAndIsReported() throws SQLException {
        try (Statement s = connection.createStatement()) {
            assertThatThrownBy(() -> s.executeQuery("SELECT nothing FROM t"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("NOTHING");
        }
        assertThat(GATE.results).hasSize(1).first().isInstanceOf(SQLException.class);
    }

    @Test
    void changedRowsAreReported() throws SQLException {
        try (Statement s = connection.createStatement()) {
            s.executeUpdate("UPDATE t SET name = 'a'");
        }
        assertThat(GATE.results).containsExactly(2L);
    }

    @Test
    void theKindOfARefusalSaysWhetherToTryAgain() throws SQLException {
        GATE.denySql("SELECT");
        try (Statement s = connection.createStatement()) {
            GATE.reason = Refusal.Reason.EXPIRED;
            assertThatThrownBy(() -> s.executeQuery("SELECT 1")).isExactlyInstanceOf(SQLTimeoutException.class);
            GATE.reason = Refusal.Reason.STILL_WAITING;
            assertThatThrownBy(() -> s.executeQuery("SELECT 1")).isExactlyInstanceOf(SQLTransientException.class);
            GATE.reason = Refusal.Reason.NOT_APPROVED;
            assertThatThrownBy(() -> s.executeQuery("SELECT 1")).isExactlyInstanceOf(SQLException.class);
        }
    }

    @Test
    void transactionsAreKnown() throws SQLException {
        try (Statement s = connection.createStatement()) {
            s.executeQuery("SELECT 1").close();
            assertThat(GATE.last().transaction()).isEqualTo(TransactionState.AUTOCOMMIT);
            connection.setAutoCommit(false);
            s.executeQuery("SELECT 1").close();
            assertThat(GATE.last().transaction()).isEqualTo(TransactionState.IN_TRANSACTION);
            connection.setAutoCommit(true);
        }
    }

    @Test
    void aQueryTimeoutLimitsTheWait() throws SQLException {
        java.util.concurrent.atomic.AtomicReference<java.time.Duration> limit =
                new java.util.concurrent.atomic.AtomicReference<>();
        GATE.whileAdmitting = (c, w) -> limit.set(w.limit());
        try (Statement s = connection.createStatement()) {
            s.setQueryTimeout(7);
            s.executeQuery("SELECT 1").close();
        }
        assertThat(limit.get()).isEqualTo(java.time.Duration.ofSeconds(7));
    }

    @Test
    void aWaitingStatementIsReleasedByCancelFromAnotherThread() throws Exception {
        assertReleasedBy(Statement::cancel);
    }

    @Test
    void aWaitingStatementIsReleasedByCloseFromAnotherThread() throws Exception {
        assertReleasedBy(Statement::close);
    }

    @Test
    void aWaitingStatementIsReleasedByAbortOfItsConnection() throws Exception {
        assertReleasedBy(s -> s.getConnection().abort(Runnable::run));
    }

    private interface Release {
        void of(Statement statement) throws SQLException;
    }

    private void assertReleasedBy(Release release) throws Exception {
        CountDownLatch waiting = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        GATE.whileAdmitting = (c, w) -> {
            if (c instanceof SqlCommand) {
                waiting.countDown();
                await(released);
            }
        };
        Connection own = WovenProcess.connect("jdbc:h2:mem:statements");
        Statement s = own.createStatement();
        CompletableFuture<Throwable> outcome = CompletableFuture.supplyAsync(() -> {
            try {
                s.executeUpdate("UPDATE t SET name = 'held'");
                return null;
            } catch (SQLException e) {
                return e;
            }
        });
        await(waiting);
        release.of(s);
        released.countDown();
        assertThat(outcome.get(30, TimeUnit.SECONDS))
                .isInstanceOf(SQLException.class)
                .extracting(e -> ((SQLException) e).getSQLState())
                .isEqualTo("57014");
        GATE.reset();
        own.close();
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(30, TimeUnit.SECONDS)) {
                throw new AssertionError("nobody came");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private int count() throws SQLException {
        try (Statement s = connection.createStatement();
                ResultSet rows = s.executeQuery("SELECT COUNT(*) FROM t")) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
