package io.sallyport.jdbc.execute;

import io.sallyport.core.sql.Dialect;
import io.sallyport.core.sql.SqlAnalysis;
import io.sallyport.core.sql.StatementKind;
import io.sallyport.core.sql.TransactionStep;
import io.sallyport.jdbc.connect.MysqlProtocol;
import io.sallyport.jdbc.state.ConnectionState;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * Whether the server commits each statement by itself, where SQL may have said so and not {@code setAutoCommit}: {@code SET
 * autocommit = 1} as a text, by dynamic SQL or in a procedure. What is then written is committed before anybody could be asked at a commit.
 */
final class ServerAutoCommit {

    private ServerAutoCommit() {}

    /** {@code analysis} ran, or may have; its commit of what came before was asked for already. */
    static void follow(ConnectionState connection, SqlAnalysis analysis, Object statement) {
        if (mayBeSwitchedBy(analysis)) {
            connection.serverCommits(asked(connection, statement));
        }
    }

    private static boolean mayBeSwitchedBy(SqlAnalysis analysis) {
        // PostgreSQL has no such setting, and SQLite none but its transactions.
        return analysis.step() == TransactionStep.MAY_COMMIT
                && analysis.dialect() != Dialect.POSTGRESQL
                && analysis.dialect() != Dialect.SQLITE
                && !analysis.kinds().contains(StatementKind.TRANSACTION);
    }

    /** What the server told its driver; {@code null} where that is not known to be the truth. */
    private static @Nullable Boolean asked(ConnectionState connection, Object statement) {
        try {
            Connection jdbc = statement instanceof Statement s ? s.getConnection() : null;
            if (jdbc == null) {
                return null;
            }
            return switch (connection.target().vendor()) {
                case "h2", "mariadb" -> jdbc.getAutoCommit();
                // Connector/J answers what it was told by setAutoCommit.
                case "mysql", "mysql+srv" -> MysqlProtocol.autoCommits(jdbc);
                default -> null;
            };
        } catch (SQLException closed) {
            // H2's SHUTDOWN closes the connection too. The application's call has succeeded.
            return null;
        }
    }
}
