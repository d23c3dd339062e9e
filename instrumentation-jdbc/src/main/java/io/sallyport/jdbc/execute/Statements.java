package io.sallyport.jdbc.execute;

import io.sallyport.core.command.ConnectCommand;
import io.sallyport.core.sql.Catalogue;
import io.sallyport.core.sql.SqlAnalysis;
import io.sallyport.core.verdict.RefusedException;
import io.sallyport.jdbc.Jdbc;
import io.sallyport.jdbc.Refused;
import io.sallyport.jdbc.connect.Connections;
import io.sallyport.jdbc.connect.KnownWrappers;
import io.sallyport.jdbc.read.CallableState;
import io.sallyport.jdbc.state.ConnectionState;
import io.sallyport.jdbc.state.KeyColumns;
import io.sallyport.jdbc.state.StatementState;
import io.sallyport.jdbc.state.Transparent;
import io.sallyport.weaving.CallSites;
import io.sallyport.weaving.StateField;
import java.sql.CallableStatement;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** From statement objects to their states. */
public final class Statements {

    private Statements() {}

    /** The state of a statement; {@code null} for a wrapper, whose inner statement is governed. */
    public static @Nullable StatementState of(Object statement) throws SQLException {
        Object state = StateField.get(statement);
        if (state instanceof StatementState s) {
            return s;
        }
        if (state == Transparent.WRAPPER || !(statement instanceof Statement jdbc)) {
            return null;
        }
        if (KnownWrappers.handle(statement)) {
            StateField.set(statement, Transparent.WRAPPER);
            return null;
        }
        DriverCalls.refuseFeigned(statement, "getConnection");
        // Created before the agent, or by a method that no driver was known to have.
        ConnectionState connection = Connections.behind(jdbc.getConnection());
        if (connection == null) {
            StateField.set(statement, Transparent.WRAPPER);
            return null;
        }
        StatementState made = make(statement, connection, OriginalText.of(statement), KeyColumns.NONE);
        if (!StateField.injected(statement)) {
            made.batchUnseen();
        }
        StateField.set(statement, made);
        return made;
    }

    /** The same where the statement's own field was read already, as woven code does: nothing is looked up then. */
    static @Nullable StatementState of(Object statement, @Nullable Object carried) throws SQLException {
        return carried instanceof StatementState state ? state : of(statement);
    }

    /** The state of a statement if it has one already; for calls that other threads make while one waits. */
    public static @Nullable StatementState known(Object statement) {
        return StateField.get(statement, StatementState.class);
    }

    static @Nullable StatementState known(Object statement, @Nullable Object carried) {
        return carried instanceof StatementState state ? state : known(statement);
    }

    /** A connection makes a statement, and calls its own parts meanwhile. */
    public static @Nullable ConnectionState creating(@Nullable ConnectionState connection) {
        if (connection != null) {
            connection.creating(true);
        }
        return connection;
    }

    /** A connection handed out a statement, or failed to. */
    public static void created(
            @Nullable ConnectionState connection,
            @Nullable Object statement,
            @Nullable String sql,
            Object[] arguments,
            @Nullable Throwable thrown)
            throws SQLException {
        if (connection != null) {
            connection.creating(false);
        }
        if (thrown != null) {
            return;
        }
        if (statement == null) {
            return;
        }
        Object state = StateField.get(statement);
        if (connection == null) {
            if (state == null) {
                StateField.set(statement, Transparent.WRAPPER);
            }
            return;
        }
        demandWoven(statement, connection);
        KeyColumns keys = KeyColumns.in(arguments);
        if (state instanceof StatementState known && known.isFor(connection, sql, keys)) {
            known.reuse();
        } else {
            StatementState made = make(statement, connection, sql, keys);
            PreparedHandles.keep(statement, made);
            StateField.set(statement, made);
        }
    }

    static @Nullable SqlAnalysis analysis(StatementState state) {
        Catalogue catalogue = state.connection().currentCatalogue();
        SqlAnalysis known = state.analysis(catalogue);
        String sql = state.sql();
        if (known != null && known.dialect() != state.connection().dialect()) {
            // Since it was prepared, the session may read texts in another way.
            known = null;
        }
        if (known == null && sql != null) {
            known = Executions.analyse(state.connection(), sql);
            known = KeyRequest.withKeys(state.connection(), known, state.keys());
            state.analysis(known, catalogue);
        }
        return known;
    }

    /** A prepared statement whose text nobody saw is not guessed at. */
    static void refuseUnknownText(StatementState state) throws SQLException {
        refuse(
                state.connection(),
                "unknown-statement",
                "the text of this prepared statement was not seen when it was prepared. Prepare it again.");
    }

    private static StatementState make(
            Object statement, ConnectionState connection, @Nullable String sql, KeyColumns keys) {
        return statement instanceof CallableStatement
                ? new CallableState(connection, sql, keys)
                : new StatementState(connection, sql, keys);
    }

    private static void demandWoven(Object statement, ConnectionState connection) throws SQLException {
        Class<?> type = statement.getClass();
        if (Jdbc.current().coverage().isWoven(type)) {
            return;
        }
        try {
            refuse(connection, "unwoven", Connections.unwoven("statement", type));
        } catch (SQLException refused) {
            if (statement instanceof Statement s) {
                s.close();
            }
            throw refused;
        }
    }

    static void refuse(ConnectionState connection, String check, String message) throws SQLException {
        try {
            ConnectCommand opened = connection.opened();
            Jdbc.current().gate().refuse(opened.withCaller(CallSites.unwalked()), check, message);
        } catch (RefusedException refused) {
            throw Refused.translate(refused);
        }
    }
}
