package io.sallyport.jdbc.execute;

import io.sallyport.core.sql.SqlAnalysis;
import io.sallyport.core.verdict.RefusedException;
import io.sallyport.jdbc.Refused;
import io.sallyport.jdbc.connect.Connections;
import io.sallyport.jdbc.state.ConnectionState;
import io.sallyport.jdbc.state.Frame;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The frame of a call that is no statement but may make the driver run some: opening the connection, {@code isValid},
 * {@code setReadOnly}, {@code DatabaseMetaData}. Only housekeeping is covered by it.
 */
public final class DriverScope extends Frame {

    private final ConnectionState connection;
    /** Whether the call ends the transaction as a whole. */
    private boolean endsTransaction;

    /** Whether nothing that has to be approved may join the transaction until the call is over. */
    private boolean commits;

    /** What the call does to the transaction, for the record; {@code null} for nothing. */
    private @Nullable String does;

    private DriverScope(ConnectionState connection) {
        this.connection = connection;
    }

    /**
     * Before a connection's own method. A transaction that the policy has spoilt is not committed.
     *
     * @param arguments {@code rollback(Savepoint)} ends nothing
     */
    public static @Nullable Object enter(Object connection, String method, Object... arguments) throws SQLException {
        if (method.equals("isValid")
                && connection instanceof Connection jdbc
                && Connections.known(jdbc) == null
                && jdbc.isClosed()) {
            // HikariCP's mark for a connection that was given back answers this and tells nothing else of itself.
            // Without a frame, whatever
            // a driver ran in there would be decided like a call of the application.
            return null;
        }
        ConnectionState state = Connections.of(connection);
        if (state == null) {
            return null;
        }
        boolean commit =
                method.equals("commit") || (method.equals("setTransactionIsolation") && commitsByIsolation(state));
        boolean noted = false;
        if (commit) {
            try {
                state.changes().demandSound();
            } catch (RefusedException refused) {
                throw Refused.translate(refused);
            }
            noted = CommitApprovals.beforeCommit((Connection) connection, state);
        }
        if (method.equals("setSchema") || method.equals("setCatalog")) {
            // Names without a schema no longer mean what they meant when the catalogue was read.
            state.names(method, (String) arguments[0]);
        }
        DriverScope scope = open(state);
        scope.commits = noted;
        scope.endsTransaction = commit || (method.equals("rollback") && arguments.length == 0);
        scope.does = switch (method) {
            case "commit", "setTransactionIsolation" -> commit ? "commit" : null;
            case "rollback" -> scope.endsTransaction ? method : "rollback to savepoint";
            case "setSavepoint" -> "savepoint";
            case "releaseSavepoint" -> "release";
            default -> null;
        };
        return scope;
    }

    /** What a change of the isolation does to an open transaction is the driver's own matter by JDBC: Derby's commits it. */
    private static boolean commitsByIsolation(ConnectionState connection) {
        return connection.target().vendor().equals("derby");
    }

    /** What the server says may be about rows of the whole transaction, since constraints can wait for its end. */
    public static void exit(@Nullable Object token, @Nullable Throwable thrown) throws SQLException {
        ended(token, thrown);
        SQLException withheld = token instanceof DriverScope scope && thrown != null
                ? WithheldErrors.inPlaceOf(thrown, scope.connection)
                : null;
        if (withheld != null) {
            throw withheld;
        }
    }

    static void ended(@Nullable Object token, @Nullable Throwable thrown) {
        if (token instanceof DriverScope scope) {
            scope.close();
            if (scope.does != null && thrown == null) {
                TransactionRecords.ended(scope.connection, scope.does);
            }
            if (scope.endsTransaction && thrown == null) {
                scope.connection.transactionEnded();
            }
            if (scope.commits) {
                CommitApprovals.afterCommit(scope.connection);
            }
        }
    }

    /** Enters a scope on this thread; {@link #close} leaves it. */
    public static DriverScope open(ConnectionState connection) {
        DriverScope scope = new DriverScope(connection);
        connection.enter(scope);
        return scope;
    }

    public void close() {
        connection.leave(this);
    }

    @Override
    public boolean covers(SqlAnalysis inner) {
        return Nesting.isHousekeeping(inner)
                || (connection.target().vendor().equals("hsqldb") && DriverMade.isHsqldbsMetadata(inner));
    }

    @Override
    public boolean isSame(SqlAnalysis inner) {
        return false;
    }
}
