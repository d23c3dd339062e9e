package io.sallyport.jdbc.execute;

import io.sallyport.core.command.SqlCommand.TransactionState;
import io.sallyport.core.sql.SqlAnalysis;
import io.sallyport.core.sql.StatementKind;
import io.sallyport.core.sql.TransactionStep;
import io.sallyport.jdbc.Jdbc;
import io.sallyport.jdbc.state.ConnectionState;
import io.sallyport.jdbc.state.TransactionWork;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Transactions in the record: what each had done when it was committed or rolled back, whether that was said by a method of the
 * connection or by a statement. A transaction in which nothing ran leaves no trace, since pools end such by the thousand.
 */
public final class TransactionRecords {

    private TransactionRecords() {}

    /** Statements ran and the driver answered {@code returned}. */
    static void ran(Execution execution, Object statement, @Nullable Object returned) throws SQLException {
        ConnectionState connection = execution.statement().connection();
        if (connection.transaction() == TransactionState.AUTOCOMMIT) {
            return;
        }
        int parts = execution.parts();
        boolean writes = false;
        boolean transactionOnly = true;
        for (int i = 0; i < parts; i++) {
            SqlAnalysis analysis = execution.analysis(i);
            writes |= analysis.facts().writes();
            transactionOnly &= isTransactionOnly(analysis);
        }
        if (!transactionOnly) {
            connection
                    .changes()
                    .work()
                    .ran(
                            execution.isBatch() ? execution.batchSize() : 1,
                            writes ? ChangedRows.count(execution, statement, returned) : 0);
        }
    }

    /** A statement that may end a transaction has run; called before the state forgets what it had done. */
    static void said(ConnectionState connection, SqlAnalysis analysis) {
        if (isTransactionOnly(analysis)) {
            ended(connection, verb(analysis));
        } else if (analysis.step() == TransactionStep.COMMITS_BEFORE) {
            ended(connection, "implicit commit");
            connection.changes().ended();
        }
    }

    /** Autocommit was switched; on, it has committed (JDBC 4.3, section 10.1). */
    public static void autoCommit(ConnectionState connection, boolean on) {
        if (on && connection.transaction() == TransactionState.IN_TRANSACTION) {
            ended(connection, "commit");
        }
    }

    /** @param what became of the transaction */
    public static void ended(ConnectionState connection, String what) {
        TransactionWork work = connection.changes().work();
        if (!work.isEmpty()) {
            Jdbc.current()
                    .gate()
                    .transaction(connection.target(), connection.session(), what, work.words(), work.rows());
        }
    }

    private static boolean isTransactionOnly(SqlAnalysis analysis) {
        return analysis.kind() == StatementKind.TRANSACTION
                && analysis.kinds().equals(Set.of(StatementKind.TRANSACTION));
    }

    /** {@code commit}, {@code rollback to savepoint}: words up to the first name. */
    private static String verb(SqlAnalysis analysis) {
        String[] words = analysis.shape().strip().toLowerCase(Locale.ROOT).split("[ ;]+", 4);
        boolean partly = words.length > 1 && (words[1].equals("to") || words[1].equals("prepared"));
        return partly ? words[0] + (words[1].equals("to") ? " to savepoint" : " prepared") : words[0];
    }
}
