package io.sallyport.jdbc.execute;

import io.sallyport.core.command.SqlCommand.TransactionState;
import io.sallyport.core.sql.Dialect;
import io.sallyport.core.sql.SqlAnalysis;
import io.sallyport.core.sql.StatementKind;
import io.sallyport.core.verdict.Decision;
import io.sallyport.core.verdict.Passage;
import io.sallyport.core.verdict.Refusal;
import io.sallyport.core.verdict.RefusedException;
import io.sallyport.core.verdict.RowLimits;
import io.sallyport.core.verdict.TransactionTally;
import io.sallyport.core.verdict.Verdict;
import io.sallyport.jdbc.Jdbc;
import io.sallyport.jdbc.Refused;
import io.sallyport.jdbc.state.ConnectionState;
import io.sallyport.jdbc.state.StatementState;
import java.lang.reflect.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Limits on the rows that a statement changed, asked once the driver has reported them. In a transaction a refusal leaves nothing but
 * the rollback; under autocommit it comes too late to undo anything, and says so.
 */
public final class ChangedRows {
    private static final Set<StatementKind> CHANGE_ROWS =
            EnumSet.of(StatementKind.INSERT, StatementKind.UPDATE, StatementKind.DELETE, StatementKind.MERGE);

    private ChangedRows() {}

    /** After the driver returned; {@code statement} may be asked for the count that {@code execute} does not return. */
    static void judge(Execution execution, Object statement, @Nullable Object returned) throws SQLException {
        for (int i = 0; i < execution.parts(); i++) {
            Passage passage = execution.passage(i);
            RowLimits limits = passage.obligations().rows();
            if (limits.countChanges()) {
                long rows = count(execution, statement, returned);
                if (rows >= 0) {
                    execution.statement().returnsCount(true);
                    judge(execution.statement(), passage, rows);
                }
            }
        }
    }

    /**
     * Rows were changed by an admitted statement of which {@code state} is the state.
     *
     * @throws SQLException when that is more than a rule allows
     */
    public static void judge(StatementState state, Passage passage, long rows) throws SQLException {
        ConnectionState connection = state.connection();
        boolean undoable = connection.transaction() != TransactionState.AUTOCOMMIT;
        Decision decision = passage.obligations()
                .rows()
                .onChanged(rows, connection.changes().tally(), undoable);
        if (!undoable) {
            connection.changes().ended();
        }
        if (decision == null) {
            return;
        }
        try {
            Waits.exceeded(passage, decision, state);
        } catch (RefusedException refused) {
            if (undoable) {
                connection.changes().spoil(refused);
                throw Refused.translate(refused);
            }
            Jdbc.current()
                    .gate()
                    .alarm("rows over the limit of rule " + refused.refusal().rule()
                            + " were changed under autocommit and stay changed; incident "
                            + refused.refusal().incident());
            throw Refused.translate(new RefusedException(tooLate(refused.refusal())));
        }
    }

    /** Rows of a batch that commits by itself are known when it is too late: under an enforced limit it does not run. */
    static void refuseUncounted(Passage passage) throws RefusedException {
        RowLimits limits = passage.obligations().rows();
        Decision decision =
                limits.countChanges() ? limits.onChanged(Long.MAX_VALUE, new TransactionTally(), false) : null;
        if (decision != null && !(decision.verdict() instanceof Verdict.Allow)) {
            Jdbc.current()
                    .gate()
                    .refuse(
                            passage.command(),
                            decision.rules().get(0),
                            "the batch commits within itself, so that the rows which it changes cannot be held to a limit."
                                    + " Run what commits on its own.");
        }
    }

    private static Refusal tooLate(Refusal refusal) {
        return new Refusal(
                refusal.reason(),
                refusal.rule(),
                refusal.message()
                        + " The change was made under autocommit and has NOT been undone; turn autocommit off to have such"
                        + " changes rolled back.",
                refusal.incident(),
                refusal.ticket());
    }

    /**
     * What the record says of one part of an execution; -1 where that cannot be told without asking the driver what it answers only once, as
     * Oracle's does with its count.
     */
    static long recorded(Execution execution, int part, Object statement, @Nullable Object returned) {
        if (execution.isBatch() && returned != null && returned.getClass().isArray()) {
            return recorded(execution, part, returned);
        }
        boolean once = execution.statement().connection().dialect() == Dialect.ORACLE;
        if (execution.parts() != 1 || returned instanceof Boolean && once) {
            return -1;
        }
        try {
            return count(execution, statement, returned);
        } catch (SQLException unanswered) {
            // H2's SHUTDOWN closes the statement too. The application's call has succeeded.
            return -1;
        }
    }

    /** Of a batch, the sum of the part's entries; -1 where the driver says of one of them only that it succeeded. */
    private static long recorded(Execution execution, int part, Object counts) {
        if (isStale(execution, part)) {
            return 0;
        }
        long sum = 0;
        for (int i = 0; i < Array.getLength(counts); i++) {
            if (execution.isOf(i, part)) {
                long rows = Array.getLong(counts, i);
                if (rows == Statement.SUCCESS_NO_INFO) {
                    return -1;
                }
                sum += Math.max(rows, 0);
            }
        }
        return sum;
    }

    /** -1 where the result of the call is no count: its rows are counted as they are read. */
    static long count(Execution execution, Object statement, @Nullable Object returned) throws SQLException {
        boolean rowsFollow = returned instanceof ResultSet || Boolean.TRUE.equals(returned);
        if (!rowsFollow && isStale(execution)) {
            return 0;
        }
        if (returned instanceof int[] counts) {
            long sum = 0;
            for (int n : counts) {
                // Rewritten batches report SUCCESS_NO_INFO: each entry then counts for one row.
                sum += n == Statement.SUCCESS_NO_INFO ? 1 : Math.max(n, 0);
            }
            return sum;
        } else if (returned instanceof long[] counts) {
            long sum = 0;
            for (long n : counts) {
                sum += n == Statement.SUCCESS_NO_INFO ? 1 : Math.max(n, 0);
            }
            return sum;
        } else if (returned instanceof Boolean hasResult) {
            // Drivers answer this again for the application.
            return hasResult ? -1 : ((Statement) statement).getUpdateCount();
        } else if (returned instanceof ResultSet
                && execution.statement().connection().isMysql()
                && execution.analysis(0).facts().writes()
                && statement instanceof Statement asked) {
            // MariaDB's driver makes an empty result for a write that it is asked to query; of RETURNING it says -1.
            return asked.getUpdateCount();
        }
        return Results.rows(returned);
    }

    private static boolean isStale(Execution execution) {
        for (int i = 0; i < execution.parts(); i++) {
            if (!isStale(execution, i)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether the driver's count is that of another statement: SQLite's answers {@code sqlite3_changes()}, which one that changes no rows leaves as the
     * one before had set it.
     */
    private static boolean isStale(Execution execution, int part) {
        SqlAnalysis analysis = execution.analysis(part);
        return execution.statement().connection().dialect() == Dialect.SQLITE
                && !analysis.facts().opaque()
                && Collections.disjoint(analysis.kinds(), CHANGE_ROWS);
    }
}
