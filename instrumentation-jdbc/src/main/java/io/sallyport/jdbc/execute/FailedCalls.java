package io.sallyport.jdbc.execute;

import io.sallyport.core.command.SqlCommand.TransactionState;
import io.sallyport.core.sql.Catalogue;
import io.sallyport.core.sql.Dialect;
import io.sallyport.core.sql.SqlAnalysis;
import io.sallyport.core.verdict.Passage;
import io.sallyport.jdbc.state.ConnectionState;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Set;

/**
 * Calls that failed although the server may have done what they say: pgjdbc and SQLite's driver run what {@code executeQuery} is
 * given and say only then that it has no result, MariaDB's does so of a result that {@code executeUpdate} did not expect, and of a
 * batch that fails, what came before may stay. What so ran counts like any other statement.
 *
 * <p>An error of the server's own undoes its statement; that is told by the codes that drivers give to such errors and to none of theirs.
 */
final class FailedCalls {

    /** More than any limit; a few thousand of them still add up. */
    private static final long ANY_NUMBER = 1L << 50;

    /** SQLITE_ERROR, SQLITE_BUSY, SQLITE_LOCKED, SQLITE_READONLY, SQLITE_CONSTRAINT, SQLITE_MISMATCH: errors of SQLite's that end no transaction. */
    private static final Set<Integer> SQLITE_UNDOES = Set.of(1, 5, 6, 8, 19, 20);

    /** Classes of SQLStates that PostgreSQL raises no error under, and pgjdbc some of its own: success, warning, no data, connection, unexpected. */
    private static final Set<String> PGJDBC = Set.of("00", "01", "02", "08", "99");

    private FailedCalls() {}

    /** The driver threw {@code thrown} out of an admitted execution, whose frame has been left. */
    static void note(Execution execution, Object statement, Throwable thrown) throws SQLException {
        if (isUndone(execution, thrown)) {
            return;
        }
        ConnectionState connection = execution.statement().connection();
        for (int i = 0; i < execution.parts(); i++) {
            connection.mayHaveRun(execution.analysis(i));
            ServerAutoCommit.follow(connection, execution.analysis(i), statement);
        }
        long rows = rows(connection, statement, thrown);
        CommitApprovals.mayHaveRun(execution, rows);
        if (connection.transaction() != TransactionState.AUTOCOMMIT) {
            for (Passage passage : execution.passages()) {
                if (passage.obligations().rows().countChanges()) {
                    ChangedRows.judge(execution.statement(), passage, rows < 0 ? ANY_NUMBER : rows);
                }
            }
        }
    }

    private static boolean isUndone(Execution execution, Throwable thrown) {
        if (execution.isBatch() || !(thrown instanceof SQLException error)) {
            return false;
        }
        SqlAnalysis analysis = execution.analysis(0);
        // Of several statements, of a routine and of dynamic SQL a part may stay.
        return !analysis.facts().multi()
                && !analysis.facts().opaque()
                && isServers(error, analysis, execution.statement().connection());
    }

    private static boolean isServers(SQLException error, SqlAnalysis analysis, ConnectionState connection) {
        int code = error.getErrorCode();
        return switch (connection.target().vendor()) {
            case "postgresql" -> {
                String state = error.getSQLState();
                yield state != null && state.length() == 5 && !PGJDBC.contains(state.substring(0, 2));
            }
            case "sqlite" -> SQLITE_UNDOES.contains(code) && !mayFailInPart(analysis, connection.currentCatalogue());
            // Numbers from 17000 on are those of Oracle's driver.
            case "oracle" -> code > 0 && (code < 17_000 || code > 17_999);
            default -> code > 0;
        };
    }

    /** {@code OR FAIL} and {@code RAISE(FAIL)} keep what the statement did up to its error, {@code ROLLBACK} ends the transaction. */
    private static boolean mayFailInPart(SqlAnalysis analysis, Catalogue catalogue) {
        String text = analysis.sql().toUpperCase(Locale.ROOT);
        return text.contains("FAIL") || text.contains("ROLLBACK") || catalogue.mayRunCode(analysis);
    }

    /** What was changed all the same; -1 where the driver does not say. */
    private static long rows(ConnectionState connection, Object statement, Throwable thrown) {
        if (thrown instanceof BatchUpdateException batch && batch.getLargeUpdateCounts() != null) {
            long sum = 0;
            for (long rows : batch.getLargeUpdateCounts()) {
                sum += rows == Statement.SUCCESS_NO_INFO ? 1 : Math.max(rows, 0);
            }
            return sum;
        }
        if (connection.dialect() == Dialect.POSTGRESQL && statement instanceof Statement asked) {
            try {
                return asked.getUpdateCount();
            } catch (SQLException closed) {
                return -1;
            }
        }
        return -1;
    }
}
