package io.sallyport.jdbc.read;

import io.sallyport.core.command.SqlCommand;
import io.sallyport.core.verdict.Decision;
import io.sallyport.core.verdict.Obligations;
import io.sallyport.core.verdict.Passage;
import io.sallyport.core.verdict.RefusedException;
import io.sallyport.core.verdict.RowLimits;
import io.sallyport.jdbc.Refused;
import io.sallyport.jdbc.execute.ChangedRows;
import io.sallyport.jdbc.execute.Waits;
import io.sallyport.jdbc.state.StatementState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Counts the rows that an application moves to in one result, against the limits of the policy. A limit is asked once, by whoever
 * reads one row more; a refusal closes the result. As thread-safe as the result set.
 */
final class RowCounter {
    /** Methods of {@link ResultSet} that may come to stand on a row. */
    static final Set<String> MOVES = Set.of("next", "previous", "first", "last", "absolute", "relative");

    private final Passage passage;
    private final StatementState statement;
    private final RowLimits limits;
    /** Rows of a write that returns them: they are what it changed. */
    private final boolean changes;

    private long rows;
    private long limit;

    private RowCounter(Passage passage, StatementState statement, boolean changes) {
        this.passage = passage;
        this.statement = statement;
        this.limits = passage.obligations().rows();
        this.changes = changes && limits.countChanges();
        this.limit = limits.returned(0);
    }

    /**
     * {@code null} where nothing has to be counted.
     *
     * @param before what counts the rows of the same object already
     */
    @SuppressWarnings("ReferenceEquality") // one object for each admission
    static @Nullable RowCounter of(Obligations obligations, StatementState statement, @Nullable RowCounter before) {
        Passage passage = statement.limiting();
        if (obligations.rows() == RowLimits.NONE || passage == null) {
            return null;
        }
        if (before != null && before.statement == statement && before.passage == passage) {
            return before;
        }
        // Generated keys come beside a count, which was judged; they have no result of their own in the statement's
        // text.
        boolean writes = passage.command() instanceof SqlCommand sql
                && sql.analysis().facts().writes()
                && !statement.returnsCount();
        return new RowCounter(passage, statement, writes);
    }

    /** The application stands on a row; {@code forward} where it moved by one. */
    void moved(ResultSet result, boolean forward) throws SQLException {
        long now = forward ? rows + 1 : Math.max(rows, result.getRow());
        long more = now - rows;
        rows = now;
        if (changes && more > 0) {
            close(result, () -> ChangedRows.judge(statement, passage, more));
        }
        while (rows > limit) {
            Decision decision = limits.onReturned(limit);
            limit = limits.returned(limit + 1);
            if (decision != null) {
                close(result, () -> exceeded(decision));
            }
        }
    }

    private void exceeded(Decision decision) throws SQLException {
        try {
            Waits.exceeded(passage, decision, statement);
        } catch (RefusedException refused) {
            throw Refused.translate(refused);
        }
    }

    private interface Check {
        void run() throws SQLException;
    }

    private static void close(ResultSet result, Check check) throws SQLException {
        try {
            check.run();
        } catch (SQLException refused) {
            try {
                result.close();
            } catch (SQLException closing) {
                refused.addSuppressed(closing);
            }
            throw refused;
        }
    }
}
