package io.sallyport.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sallyport.core.command.SqlCommand;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A statement that is executed again is described once, and what is decided is nevertheless what is sent now. */
class HotPathTest {

    private Connection connection;

    @BeforeEach
    void open() throws SQLException {
        WovenProcess.GATE.reset();
        connection = WovenProcess.connect("jdbc:h2:mem:hotpath");
        try (Statement s = connection.createStatement()) {
            s.execute("CREATE TABLE t (id INT, name VARCHAR(20))");
            s.execute("INSERT INTO t VALUES (1, 'Ada'), (2, 'Grace')");
        }
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    private static SqlCommand read(PreparedStatement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery()) {
            assertThat(rows.next()).isTrue();
        }
        return WovenProcess.GATE.last();
    }

    @Test
    void executingAgainAsksWithTheSameCommand() throws SQLException {
        try (PreparedStatement s = connection.prepareStatement("SELECT name FROM t")) {
            assertThat(read(s)).isSameAs(read(s));
        }
    }

    @Test
    void executingAgainWithOtherParametersAsksWithTheSameCommandWhichShowsThem() throws SQLException {
        try (PreparedStatement s = connection.prepareStatement("SELECT name FROM t WHERE id = ?")) {
            s.setInt(1, 1);
            SqlCommand first = read(s);
            assertThat(first.parameterSets().get(0)).containsExactly(1);
            s.setInt(1, 2);
            SqlCommand second = read(s);
            assertThat(second).isSameAs(first);
            assertThat(second.parameterSets().get(0)).containsExactly(2);
        }
    }

    @Test
    void anotherTransactionStateMakesAnotherCommand() throws SQLException {
        try (PreparedStatement s = connection.prepareStatement("SELECT name FROM t")) {
            SqlCommand outside = read(s);
            connection.setAutoCommit(false);
            SqlCommand inside = read(s);
            assertThat(outside.transaction()).isEqualTo(SqlCommand.TransactionState.AUTOCOMMIT);
            assertThat(inside.transaction()).isEqualTo(SqlCommand.TransactionState.IN_TRANSACTION);
        }
    }

    /** Every decision looks its target up; where it is the same object nothing of it is compared. */
    @Test
    void allConnectionsToOneTargetShareIt() throws SQLException {
        try (PreparedStatement s = connection.prepareStatement("SELECT name FROM t");
                Connection other = WovenProcess.connect("jdbc:h2:mem:hotpath");
                PreparedStatement same = other.prepareStatement("SELECT name FROM t")) {
            assertThat(read(same).target()).isSameAs(read(s).target());
        }
    }

    @Test
    void aCallThatGaveUpLeavesNothingToTheNextOne() throws SQLException {
        try (PreparedStatement s = connection.prepareStatement("SELECT name FROM t")) {
            read(s);
            WovenProcess.GATE.whileAdmitting = (command, waiter) -> waiter.giveUp("cancelled");
            assertThat(org.assertj.core.api.Assertions.catchThrowable(s::executeQuery))
                    .isInstanceOf(SQLException.class);
            WovenProcess.GATE.whileAdmitting = (command, waiter) -> {};
            assertThat(read(s)).isNotNull();
        }
    }

    /** A walk over the stack to tell the driver's own calls from an application's takes a thousand bytes, and as long as the statement. */
    @Test
    void whatTheDriverAsksItselfIsNotLookedInto() throws SQLException {
        var bean = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        assumeTrue(bean.isThreadAllocatedMemorySupported() && bean.isThreadAllocatedMemoryEnabled());
        try (PreparedStatement s = connection.prepareStatement("SELECT name FROM t WHERE id = 1")) {
            long thread = Thread.currentThread().getId();
            long least = Long.MAX_VALUE;
            for (int i = 0; i < 20; i++) {
                long before = bean.getThreadAllocatedBytes(thread);
                ResultSet rows = s.executeQuery();
                long after = bean.getThreadAllocatedBytes(thread);
                rows.close();
                least = Math.min(least, after - before);
            }
            assertThat(least).isLessThan(3_000);
        }
    }
}
