package io.sallyport.jdbc.execute;

import io.sallyport.core.sql.SqlAnalysis;
import io.sallyport.jdbc.connect.Connections;
import io.sallyport.jdbc.connect.DriverCode;
import io.sallyport.jdbc.connect.Place;
import io.sallyport.jdbc.state.ConnectionState;
import io.sallyport.jdbc.state.Frame;
import io.sallyport.weaving.StateField;
import java.sql.SQLException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Calls of a driver's innermost sender. A driver calls it inside an admitted call or a scope of its own; whoever calls it outside of
 * them, or from application code that runs inside the sending itself, goes around the statements and is refused.
 */
public final class DriverCalls {

    private DriverCalls() {}

    /** {@code sender} belongs to {@code connection}. */
    public static void owned(@Nullable Object sender, Object connection) throws SQLException {
        if (sender != null && StateField.get(sender) == null) {
            ConnectionState state = Connections.of(connection);
            if (state != null) {
                StateField.set(sender, state);
            }
        }
    }

    /** {@code sender} belongs to the connection of {@code state}. */
    public static void own(@Nullable Object sender, ConnectionState state) {
        if (sender != null) {
            StateField.set(sender, state);
        }
    }

    /** {@code sender} belongs to the connection that {@code other} belongs to, if that is known. */
    public static void inherit(@Nullable Object sender, Object other) {
        ConnectionState connection = StateField.get(other, ConnectionState.class);
        if (connection != null) {
            own(sender, connection);
        }
    }

    /** A call of a driver's inside that is refused whatever it carries. */
    public static void refuse(String vendor, String message) throws SQLException {
        Statements.refuse(Place.of(vendor, "unknown", 0, null, null).unopened(), "driver-internals", message);
    }

    /** An application's subclass that says in the driver's place whose it is could pass for a wrapper, or for another connection's. */
    public static void refuseFeigned(Object carrier, String method) throws SQLException {
        if (DriverCode.isFeigned(carrier, method)) {
            refuse(
                    DriverCode.vendorOf(carrier),
                    carrier.getClass().getName() + " extends a class of the driver and overrides " + method
                            + ", by which the connection is known. Use the driver's own.");
        }
    }

    /** Whether this thread is inside a call of the connection that {@code sender} belongs to. */
    public static boolean isInsideCall(Object sender) {
        ConnectionState connection = StateField.get(sender, ConnectionState.class);
        Frame inside = connection == null ? null : connection.inside();
        return inside != null && !(inside instanceof Sending);
    }

    /** A sender is about to send on behalf of the connection that it belongs to, or at least of an object of JDBC's. */
    public static void demandAccount(Object sender) throws SQLException {
        if (!isInsideCall(sender) && !Connections.isOnAccount(sender)) {
            refuse(
                    DriverCode.vendorOf(sender),
                    "this goes around the statements of the driver, to what they send with. Use a Statement.");
        }
    }

    /** Whether this thread is sending the very same already: one overload calls the other. */
    public static boolean isInside(Object sender, Object sent) {
        ConnectionState connection = StateField.get(sender, ConnectionState.class);
        return connection != null && connection.inside() instanceof Sending s && s.sent == sent;
    }

    /**
     * Something is about to be sent.
     *
     * @param stranger what is known of a sender that no connection owns
     */
    public static @Nullable Object enter(Object sender, Object sent, Supplier<ConnectionState> stranger)
            throws SQLException {
        return enter(sender, sent, stranger, (connection, inside) -> {});
    }

    /** Holds what is sent against the call that it is sent in. */
    public interface Comparison {

        /** Throws where the two do not belong together. */
        void demand(ConnectionState connection, Frame inside) throws SQLException;
    }

    /** The same, where what is sent can be compared with what was admitted. */
    public static @Nullable Object enter(
            Object sender, Object sent, Supplier<ConnectionState> stranger, Comparison comparison) throws SQLException {
        ConnectionState connection = StateField.get(sender, ConnectionState.class);
        if (connection == null && Connections.isOpening(sender)) {
            return null;
        }
        Frame outer = connection == null ? null : connection.inside();
        if (outer == null || outer instanceof Sending) {
            Statements.refuse(
                    connection == null ? stranger.get() : connection,
                    "driver-internals",
                    "this goes around the statements of the driver, to what they send with. Use a Statement.");
        }
        if (connection == null || outer == null) {
            return null;
        }
        comparison.demand(connection, outer);
        Sending sending = new Sending(connection, sent);
        connection.enter(sending);
        return sending;
    }

    public static void exit(@Nullable Object token) {
        if (token instanceof Sending sending) {
            sending.connection.leave(sending);
        }
    }

    /** What runs inside is application code that the driver calls back: nothing of it was admitted. */
    private static final class Sending extends Frame {

        private final ConnectionState connection;
        private final Object sent;

        Sending(ConnectionState connection, Object sent) {
            this.connection = connection;
            this.sent = sent;
        }

        @Override
        public boolean covers(SqlAnalysis inner) {
            return false;
        }

        @Override
        public boolean isSame(SqlAnalysis inner) {
            return false;
        }
    }
}
