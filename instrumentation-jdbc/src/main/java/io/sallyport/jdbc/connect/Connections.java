package io.sallyport.jdbc.connect;

import io.sallyport.core.command.ConnectCommand;
import io.sallyport.core.command.SqlCommand.TransactionState;
import io.sallyport.core.hold.Waiter;
import io.sallyport.core.verdict.RefusedException;
import io.sallyport.core.verdict.TlsFacts;
import io.sallyport.jdbc.Jdbc;
import io.sallyport.jdbc.Refused;
import io.sallyport.jdbc.catalogue.CatalogueAtConnect;
import io.sallyport.jdbc.execute.CommitApprovals;
import io.sallyport.jdbc.execute.DriverCalls;
import io.sallyport.jdbc.execute.TransactionRecords;
import io.sallyport.jdbc.state.ConnectionState;
import io.sallyport.jdbc.state.Transparent;
import io.sallyport.jdbc.vendor.ConnectUrl;
import io.sallyport.jdbc.vendor.Vendor;
import io.sallyport.weaving.CallSites;
import io.sallyport.weaving.StateField;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * From connection objects to their states.
 *
 * <p>A connection without a state is one of three: it is being opened right now; it is a wrapper, whose metadata come from another
 * connection; or it was opened before the agent, or by a way that no advice covers, and is decided upon now.
 */
public final class Connections {

    /** Drivers that leave an open transaction to be rolled back when their connection is closed. */
    private static final Set<String> ROLL_BACK_AT_CLOSE =
            Set.of("postgresql", "mysql", "mysql+srv", "mariadb", "h2", "sqlite");

    private Connections() {}

    /** The state of a connection; {@code null} for a wrapper. */
    public static @Nullable ConnectionState of(@Nullable Object connection) throws SQLException {
        if (connection == null) {
            return null;
        }
        Object state = StateField.get(connection);
        if (state instanceof ConnectionState s) {
            return s;
        }
        if (state == Transparent.WRAPPER || !(connection instanceof Connection jdbc)) {
            return null;
        }
        if (HostSwitch.is(connection) || KnownWrappers.handle(connection)) {
            StateField.set(connection, Transparent.WRAPPER);
            return null;
        }
        Attempt opening = Jdbc.current().attempts().current();
        if (opening != null && opening.isOf(connection)) {
            return opening.state();
        }
        if (Jdbc.current().attempts().isAsking(connection)) {
            return null;
        }
        DriverCalls.refuseFeigned(connection, "getMetaData");
        return isWrapper(jdbc) ? null : adopt(jdbc);
    }

    /** The same for what a connection made: where it names a switch between several, that which is used now. */
    public static @Nullable ConnectionState behind(@Nullable Object connection) throws SQLException {
        return connection != null && HostSwitch.isInside(connection)
                ? of(HostSwitch.active(connection))
                : of(connection);
    }

    /** The state of a connection if it has one already; for calls that other threads make while one waits. */
    public static @Nullable ConnectionState known(Object connection) {
        return StateField.get(connection, ConnectionState.class);
    }

    /** A call on a live connection that opens a side door; refused unless the policy lists it like a connection setting. */
    public static void demandAllowed(@Nullable Object connection, String door) throws SQLException {
        ConnectionState state = of(connection);
        if (state != null) {
            try {
                Admissions.checkDoor(state.opened().withCaller(CallSites.unwalked()), door);
            } catch (RefusedException refused) {
                throw Refused.translate(refused);
            }
        }
    }

    /**
     * Whether the driver whose object {@code code} is works for a connection that this thread opens, and nobody else's code is between: a driver calls
     * the application's meanwhile (handlers of its log, verifiers), and an application may have a driver of its own.
     */
    public static boolean isOpening(Object code) {
        return opens(code) && DriverCode.isOnAccount(code, true);
    }

    /** Whether {@code code} works for a connection: one that this thread opens, or one whose object, or a thread of the driver's, called it. */
    public static boolean isOnAccount(Object code) {
        return DriverCode.isOnAccount(code, opens(code));
    }

    private static boolean opens(Object code) {
        Attempt opening = Jdbc.current().attempts().current();
        return opening != null && opening.isOf(code);
    }

    /**
     * Turning autocommit on commits (JDBC 4.3), which a transaction that the policy has spoilt must not.
     *
     * @return token for {@link #autoCommitSet}
     */
    public static @Nullable Object settingAutoCommit(Object connection, boolean on) throws SQLException {
        ConnectionState state = known(connection);
        if (state != null && on) {
            try {
                state.changes().demandSound();
            } catch (RefusedException refused) {
                throw Refused.translate(refused);
            }
            return connection instanceof Connection jdbc && CommitApprovals.beforeCommit(jdbc, state) ? state : null;
        }
        return null;
    }

    /** Autocommit was switched, or the driver failed to. */
    public static void autoCommitSet(
            @Nullable Object token, Object connection, boolean on, @Nullable Throwable thrown) {
        if (token instanceof ConnectionState committing) {
            CommitApprovals.afterCommit(committing);
        }
        ConnectionState state = thrown == null ? known(connection) : null;
        if (state != null) {
            TransactionRecords.autoCommit(state, on);
            state.autoCommit(on);
        }
    }

    /** Whatever runs on a connection is to be cancelled. */
    public static void cancelling(Object connection) {
        ConnectionState state = known(connection);
        if (state != null) {
            state.release("the statement was cancelled");
        }
    }

    /** Nobody waits on a connection that is being closed, and its session ends. */
    public static void closing(Object connection) {
        ConnectionState state = known(connection);
        if (state == null) {
            return;
        }
        state.release("the connection was closed");
        if (H2Engine.isHandle(connection)) {
            return;
        }
        state.answers().end();
        TransactionRecords.ended(state, "closed while open");
        if ((state.changes().isSpoilt() || state.changes().owes())
                && !ROLL_BACK_AT_CLOSE.contains(state.target().vendor())
                && connection instanceof Connection jdbc) {
            // Some drivers commit what is open when they are closed (Oracle's does). Not asked of the others: a
            // rollback would wait
            // for what another thread runs, and for a server that is gone.
            undo(jdbc);
        }
    }

    /** The driver closed a connection, or only took it back: MariaDB's pooled connections are their own handles. */
    public static void closed(Object connection) throws SQLException {
        ConnectionState state = known(connection);
        if (state != null
                && !H2Engine.isHandle(connection)
                && connection instanceof Connection jdbc
                && jdbc.isClosed()
                && state.end()) {
            // Who came to wait while it was being closed.
            state.release("the connection was closed");
            Jdbc.current().gate().closed(state.target(), state.session());
        }
    }

    private static void undo(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException closed) {
            // Then there is nothing that could be committed any more.
        }
    }

    static void attach(Connection connection, ConnectionState state) throws SQLException {
        state.autoCommit(connection.getAutoCommit());
        if (Boolean.TRUE.equals(MysqlProtocol.autoCommits(connection))) {
            // SQL has switched it on, and Connector/J does not tell.
            state.serverCommits(true);
        }
        StateField.set(connection, state);
        H2Engine.own(connection, state);
        Jdbc.current().gate().opened(state.target());
    }

    /** Whether the connection's metadata belong to another connection that is governed, or to a pool's; it is marked as a wrapper then. */
    static boolean isWrapper(Connection connection) throws SQLException {
        Connection physical = Jdbc.current().attempts().ask(connection, () -> {
            DatabaseMetaData about = connection.getMetaData();
            return about == null ? null : about.getConnection();
        });
        if (physical == null || physical == connection) {
            return false;
        }
        boolean pooled = KnownWrappers.contain(physical.getClass().getName());
        if (!pooled && StateField.get(physical) == null && of(physical) == null) {
            return false;
        }
        StateField.set(connection, Transparent.WRAPPER);
        return true;
    }

    /** Words for an object of a class that is not woven. */
    public static String unwoven(String what, Class<?> type) {
        return "the driver handed out a " + what + " of class " + type.getName() + ", which is not covered ("
                + Jdbc.current().coverage().reason(type) + ").";
    }

    private static ConnectionState adopt(Connection connection) throws SQLException {
        Jdbc jdbc = Jdbc.current();
        ConnectionState opened = MariadbProtocol.ownerOf(connection);
        if (opened != null) {
            attach(connection, opened);
            CatalogueAtConnect.prepare(connection, opened);
            return opened;
        }
        ConnectionState same = H2Engine.ownerOf(connection);
        if (same != null && H2Engine.isHandle(connection)) {
            StateField.set(connection, same);
            return same;
        }
        if (same != null) {
            // Another object for the session of a connection that is governed: Java code that H2 calls is given one.
            ConnectionState state = new ConnectionState(same);
            attach(connection, state);
            return state;
        }
        String url = url(connection);
        ConnectUrl read = Vendor.of(Vendor.nameIn(url)).read(null, url, new Properties());
        ConnectCommand command = new ConnectCommand(
                read.target(),
                "jdbc-" + jdbc.attempts().newId().substring(0, 12),
                CallSites.unwalked(),
                read.settings(),
                read.user());
        try {
            Admissions.checkPhysical(command);
            jdbc.gate().admit(command, Waiter.unlimited()).completed(-1);
            // Credentials have left long ago; data has not.
            jdbc.gate().verifyTls(command, TlsFacts.PLAINTEXT);
        } catch (RefusedException refused) {
            throw Refused.translate(refused);
        }
        ConnectionState state = new ConnectionState(command, jdbc.catalogues().of(command.target()));
        CatalogueAtConnect.unread(state);
        MysqlProtocol.own(connection, state);
        attach(connection, state);
        if (state.transaction() == TransactionState.IN_TRANSACTION) {
            // What SQL has made of its transaction is not known before the next one.
            state.serverCommits(null);
        }
        return state;
    }

    private static String url(Connection connection) throws SQLException {
        String url = Jdbc.current().attempts().ask(connection, () -> {
            DatabaseMetaData about = connection.getMetaData();
            return about == null ? null : about.getURL();
        });
        return url == null ? "jdbc:unknown:" : url;
    }
}
