package io.sallyport.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.core.hold.ApprovalDesk;
import io.sallyport.core.hold.Outcome;
import io.sallyport.core.hold.Ticket;
import io.sallyport.core.record.Event;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Limits on rows, on a real driver. */
class RowLimitsTest {
    private static final String RETURNED =
            "version: 1\nguard:\n  - {name: few, when: {rows: {returned: 3}}, then: deny, message: Ask for less.}\n";
    private static final String CHANGED =
            "version: 1\nguard:\n  - {name: few, when: {rows: {changed: 3}}, then: deny}\n";

    private Connection connection;

    @BeforeEach
    void tenRows() throws SQLException {
        WovenProcess.GATE.reset();
        connection = WovenProcess.connect("jdbc:h2:mem:");
        try (Statement s = connection.createStatement()) {
            s.execute("CREATE TABLE t (id INT PRIMARY KEY, x INT)");
            s.execute("INSERT INTO t SELECT x, 0 FROM SYSTEM_RANGE(1, 10)");
        }
    }

    @AfterEach
    void close() throws SQLException {
        WovenProcess.GATE.reset();
        connection.close();
    }

    private int sum() throws SQLException {
        try (Statement s = connection.createStatement();
                ResultSet r = s.executeQuery("SELECT sum(x) FROM t")) {
            r.next();
            return r.getInt(1);
        }
    }

    @Test
    void theRowAfterTheLastIsRefusedAndTheResultIsClosed() throws SQLException {
        List<Event> events = Governed.by(RETURNED, ApprovalDesk.NOBODY);
        try (Statement s = connection.createStatement();
                ResultSet rows = s.executeQuery("SELECT id FROM t ORDER BY id")) {
            for (int i = 1; i <= 3; i++) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getInt(1)).isEqualTo(i);
            }
            assertThatThrownBy(rows::next)
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("Ask for less. [rule few")
                    .satisfies(e -> assertThat(((SQLException) e).getSQLState()).isEqualTo("42501"));
            assertThat(rows.isClosed()).isTrue();
            assertThatThrownBy(() -> rows.getInt(1)).isInstanceOf(SQLException.class);
        }
        assertThat(events)
                .filteredOn(e -> "deny".equals(e.verdict()))
                .singleElement()
                .satisfies(e -> assertThat(e.rules()).containsExactly("few"));
    }

    @Test
    void aResultOfAsManyRowsAsTheLimitIsReadToItsEnd() throws SQLException {
        Governed.by(RETURNED, ApprovalDesk.NOBODY);
        try (PreparedStatement s = connection.prepareStatement("SELECT id FROM t WHERE id <= ?")) {
            s.setInt(1, 3);
            for (int again = 0; again < 3; again++) {
                try (ResultSet rows = s.executeQuery()) {
                    int read = 0;
                    while (rows.next()) {
                        read += rows.getInt(1);
                    }
                    assertThat(read).isEqualTo(6);
                }
            }
        }
    }

    @Test
    void aJumpToALaterRowCountsAsTheRowsUpToIt() throws SQLException {
        Governed.by(RETURNED, ApprovalDesk.NOBODY);
        try (Statement s = connection.createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_READ_ONLY);
                ResultSet rows = s.executeQuery("SELECT id FROM t ORDER BY id")) {
            assertThat(rows.absolute(2)).isTrue();
            assertThat(rows.previous()).isTrue();
            assertThatThrownBy(rows::last).hasMessageContaining("[rule few");
        }
    }

    @Test
    void movesAreCountedInAResultWithMaskedAndClearColumns() throws SQLException {
        Governed.by(RETURNED + "mask:\n  - {name: x, columns: [t.x]}\n", ApprovalDesk.NOBODY);
        try (Statement s = connection.createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_READ_ONLY);
                ResultSet rows = s.executeQuery("SELECT id, x FROM t ORDER BY id")) {
            for (int i = 1; i <= 3; i++) {
                assertThat(rows.relative(1)).isTrue();
                assertThat(rows.getInt("id")).isEqualTo(i);
            }
            assertThatThrownBy(() -> rows.relative(1)).hasMessageContaining("[rule few");
        }
    }

    @Test
    void aTransactionOpenedBySqlIsOneUntilSqlEndsIt() throws SQLException {
        Governed.by(CHANGED, ApprovalDesk.NOBODY);
        try (Statement s = connection.createStatement()) {
            s.execute("BEGIN");
            s.execute("ROLLBACK");
            assertThatThrownBy(() -> s.executeUpdate("UPDATE t SET x = 1")).hasMessageContaining("has NOT been undone");
        }
    }

    @Test
    void readersOfMoreRowsCanBeAskedFor() throws SQLException {
        List<Ticket> tickets = new ArrayList<>();
        Governed.by(
                RETURNED.replace("deny", "approve"),
                Governed.desk(tickets, new Outcome.Approved(List.of("ann"), "fine", false)));
        try (Statement s = connection.createStatement();
                ResultSet rows = s.executeQuery("SELECT id FROM t")) {
            int read = 0;
            while (rows.next()) {
                read++;
            }
            assertThat(read).isEqualTo(10);
        }
        assertThat(tickets).hasSize(1);
    }

    @Test
    void aChangeOfTooManyRowsCanOnlyBeRolledBack() throws SQLException {
        Governed.by(CHANGED, ApprovalDesk.NOBODY);
        connection.setAutoCommit(false);
        try (Statement s = connection.createStatement()) {
            assertThat(s.executeUpdate("UPDATE t SET x = 1 WHERE id <= 3")).isEqualTo(3);
            connection.commit();
            assertThatThrownBy(() -> s.executeUpdate("UPDATE t SET x = 2 WHERE id <= 4"))
                    .hasMessageContaining("more than 3 rows")
                    .hasMessageContaining("[rule few");
            assertThatThrownBy(connection::commit).hasMessageContaining("[rule few");
            assertThatThrownBy(() -> s.executeQuery("SELECT 1")).hasMessageContaining("[rule few");
            assertThatThrownBy(() -> s.execute("COMMIT")).hasMessageContaining("[rule few");
            assertThatThrownBy(() -> connection.setAutoCommit(true)).hasMessageContaining("[rule few");
            connection.rollback();
            assertThat(sum()).isEqualTo(3);
            s.executeUpdate("UPDATE t SET x = 5 WHERE id = 9");
            connection.commit();
        }
        assertThat(sum()).isEqualTo(8);
    }

    @Test
    void aRollbackInSqlEndsItAsWell() throws SQLException {
        Governed.by(CHANGED, ApprovalDesk.NOBODY);
        connection.setAutoCommit(false);
        try (Statement s = connection.createStatement()) {
            assertThatThrownBy(() -> s.execute("UPDATE t SET x = 2")).hasMessageContaining("[rule few");
            s.execute("ROLLBACK");
            s.executeUpdate("UPDATE t SET x = 5 WHERE id = 9");
            connection.commit();
        }
        assertThat(sum()).isEqualTo(5);
    }

    @Test
    void batchesAndExecuteAreCountedToo() throws SQLException {
        Governed.by(CHANGED, ApprovalDesk.NOBODY);
        connection.setAutoCommit(false);
        try (PreparedStatement s = connection.prepareStatement("UPDATE t SET x = ? WHERE id = ?")) {
            for (int i = 1; i <= 4; i++) {
                s.setInt(1, 1);
                s.setInt(2, i);
                s.addBatch();
            }
            assertThatThrownBy(s::executeBatch).hasMessageContaining("[rule few");
        }
        connection.rollback();
        try (Statement s = connection.createStatement()) {
            assertThatThrownBy(() -> s.execute("DELETE FROM t WHERE id > 1")).hasMessageContaining("[rule few");
        }
        connection.rollback();
        assertThat(sum()).isZero();
    }

    @Test
    void theRowsOfATransactionAddUpUntilItEnds() throws SQLException {
        Governed.by(CHANGED.replace("changed: 3", "changed: 3, per: transaction"), ApprovalDesk.NOBODY);
        connection.setAutoCommit(false);
        try (Statement s = connection.createStatement()) {
            s.executeUpdate("UPDATE t SET x = 1 WHERE id <= 2");
            connection.commit();
            s.executeUpdate("UPDATE t SET x = 1 WHERE id <= 2");
            assertThatThrownBy(() -> s.executeUpdate("UPDATE t SET x = 1 WHERE id <= 2"))
                    .hasMessageContaining("[rule few");
            connection.rollback();
            s.executeUpdate("UPDATE t SET x = 1 WHERE id <= 3");
            connection.commit();
        }
        assertThat(sum()).isEqualTo(3);
    }

    @Test
    void underAutocommitTheErrorSaysThatNothingWasUndone() throws SQLException {
        List<Event> events = Governed.by(CHANGED, ApprovalDesk.NOBODY);
        try (Statement s = connection.createStatement()) {
            assertThatThrownBy(() -> s.executeUpdate("UPDATE t SET x = 1")).hasMessageContaining("has NOT been undone");
            assertThat(s.executeUpdate("UPDATE t SET x = 2 WHERE id = 1")).isEqualTo(1);
        }
        assertThat(events).anySatisfy(e -> assertThat(e.verdict()).isEqualTo("deny"));
        assertThat(WovenProcess.GATE.alarms).anySatisfy(a -> assertThat(a).contains("stay changed"));
    }

    @Test
    void anApprovedChangeIsCommittedAndARefusedOneIsNot() throws SQLException {
        List<Ticket> tickets = new ArrayList<>();
        String policy = CHANGED.replace("deny", "approve");
        Governed.by(policy, Governed.desk(tickets, new Outcome.Approved(List.of("ann"), "fine", false)));
        connection.setAutoCommit(false);
        try (Statement s = connection.createStatement()) {
            s.executeUpdate("UPDATE t SET x = 1");
            connection.commit();
            assertThat(tickets).hasSize(1);
            Governed.by(policy, Governed.desk(tickets, new Outcome.Refused(List.of("ann"), "no")));
            assertThatThrownBy(() -> s.executeUpdate("UPDATE t SET x = 7"))
                    .hasMessageContaining("refused the call: no");
            assertThatThrownBy(connection::commit).isInstanceOf(SQLException.class);
            connection.rollback();
        }
        WovenProcess.GATE.reset();
        assertThat(sum()).isEqualTo(10);
    }

    @Test
    void aTransactionThatWasNotRolledBackIsUndoneWhenItsConnectionIsClosed() throws SQLException {
        try (Connection keeper = WovenProcess.connect("jdbc:h2:mem:closing");
                Statement k = keeper.createStatement()) {
            k.execute("CREATE TABLE t (id INT)");
            k.execute("INSERT INTO t VALUES (1), (2), (3), (4)");
            Governed.by(CHANGED, ApprovalDesk.NOBODY);
            try (Connection c = WovenProcess.connect("jdbc:h2:mem:closing");
                    Statement s = c.createStatement()) {
                c.setAutoCommit(false);
                assertThatThrownBy(() -> s.executeUpdate("DELETE FROM t")).hasMessageContaining("[rule few");
            }
            WovenProcess.GATE.reset();
            try (ResultSet r = k.executeQuery("SELECT count(*) FROM t")) {
                r.next();
                assertThat(r.getInt(1)).isEqualTo(4);
            }
        }
    }
}
