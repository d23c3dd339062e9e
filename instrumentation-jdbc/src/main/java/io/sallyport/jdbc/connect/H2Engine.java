package io.sallyport.jdbc.connect;

import io.sallyport.core.command.ConnectCommand;
import io.sallyport.core.command.Target;
import io.sallyport.core.verdict.RefusedException;
import io.sallyport.jdbc.Jdbc;
import io.sallyport.jdbc.Refused;
import io.sallyport.jdbc.execute.DriverCalls;
import io.sallyport.jdbc.state.ConnectionState;
import io.sallyport.weaving.CallSites;
import io.sallyport.weaving.StateField;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * H2 below JDBC: a session of its engine runs any text, and hands out values as they are stored. Several connection objects can be of
 * one session: Java code that the engine calls (aliases, triggers) gets a {@code jdbc:default:connection} of its caller's.
 */
public final class H2Engine {

    private static final String CONNECTION = "org.h2.jdbc.JdbcConnection";

    private static final String POOLED = "org.h2.jdbcx.JdbcXAConnection";
    private static final String HANDLE = POOLED + "$PooledJdbcConnection";

    private static final DriverField PHYSICAL = new DriverField("physicalConn");

    private H2Engine() {}

    /** {@code JdbcConnection.getSession()}: for the driver's own classes. */
    public static void enterSession(Object connection) throws SQLException {
        ConnectionState state = Connections.known(connection);
        if ((state != null && state.isCreating())
                || Jdbc.current().attempts().isAsking(connection)
                || DriverCode.calls(connection)) {
            return;
        }
        refuse(state, "engine", "H2's engine session is below what the policy sees. Use a Statement.");
    }

    /** A session is about to prepare a text: for a connection that makes a statement, or on the account of another object of the driver's. */
    public static void enterPrepare(Object session) throws SQLException {
        ConnectionState owner = StateField.get(session, ConnectionState.class);
        if (owner == null || !owner.isCreating()) {
            DriverCalls.demandAccount(session);
        }
    }

    /**
     * {@code Engine.createSession}: for connections and for H2's own servers. Others reach it through H2's classes too: {@code
     * SessionRemote.connectEmbeddedOrServer} is public, and what R2DBC's driver for H2 opens.
     */
    public static void enterEngine(String engine) throws SQLException {
        if (!DriverCode.callsStatic(engine, H2Engine::isAccountable)) {
            refuse(null, "engine", "a session of H2's engine is below what the policy sees. Use a Connection.");
        }
    }

    private static boolean isAccountable(String type) {
        return type.equals(CONNECTION) || type.startsWith("org.h2.server.");
    }

    /** A tool that reads or rewrites a database file without opening it as a database. */
    public static void enterTool(String tool) throws SQLException {
        refuse(
                null,
                "engine",
                "H2's tool " + tool
                        + " works on database files below what the policy sees. Run it outside of this process.");
    }

    /** The governed connection of whose session {@code connection} is another one; {@code null} where there is none. */
    static @Nullable ConnectionState ownerOf(Connection connection) {
        Object session = session(connection);
        return session == null ? null : StateField.get(session, ConnectionState.class);
    }

    static void own(Connection connection, ConnectionState state) {
        Object session = session(connection);
        if (session != null) {
            StateField.set(session, state);
        }
    }

    /** The connection that a pooled or distributed one of H2's stands for; anything else is itself. */
    static @Nullable Object physical(@Nullable Object opened) {
        Object physical = opened != null && opened.getClass().getName().equals(POOLED) ? PHYSICAL.of(opened) : null;
        return physical == null ? opened : physical;
    }

    /** Whether it is lent by a pooled or distributed connection, which stays open when it is closed. */
    static boolean isHandle(Object connection) {
        return connection.getClass().getName().equals(HANDLE);
    }

    private static @Nullable Object session(Connection connection) {
        if (!connection.getClass().getName().equals(CONNECTION) && !isHandle(connection)) {
            return null;
        }
        try {
            return Jdbc.current()
                    .attempts()
                    .ask(
                            connection,
                            () -> connection.getClass().getMethod("getSession").invoke(connection));
        } catch (ReflectiveOperationException | RuntimeException another) {
            return null;
        }
    }

    private static void refuse(@Nullable ConnectionState state, String check, String message) throws SQLException {
        ConnectCommand opened = state == null
                ? new ConnectCommand(
                        new Target(Target.Protocol.JDBC, "h2", List.of(), "", "jdbc:h2:"),
                        "jdbc-h2",
                        CallSites.unwalked(),
                        Map.of(),
                        "")
                : state.opened().withCaller(CallSites.unwalked());
        try {
            Jdbc.current().gate().refuse(opened, check, message);
        } catch (RefusedException refused) {
            throw Refused.translate(refused);
        }
    }
}
