package io.sallyport.jdbc.connect;

import io.sallyport.jdbc.execute.DriverCalls;
import io.sallyport.jdbc.state.ConnectionState;
import java.sql.Connection;
import org.jspecify.annotations.Nullable;

/** Below JDBC in MySQL Connector/J: what a connection sends with. Its getter is for the driver's own classes. */
public final class MysqlProtocol {

    private static final DriverField SESSION = new DriverField("session");
    private static final DriverField PROTOCOL = new DriverField("protocol");
    private static final DriverField SOCKET = new DriverField("socketConnection");
    private static final DriverField SERVER_SESSION = new DriverField("serverSession");
    private static final DriverField STATUS = new DriverField("statusFlags");

    /** SERVER_STATUS_AUTOCOMMIT of MySQL's protocol. */
    private static final int AUTOCOMMIT = 2;

    private MysqlProtocol() {}

    /** What a {@code NativeSession} sends with, once it is connected. */
    public static @Nullable Object of(Object session) {
        return PROTOCOL.of(session);
    }

    /** The {@code SocketConnection} of a protocol object, once it is connected. */
    public static @Nullable Object socketOf(Object protocol) {
        return SOCKET.of(protocol);
    }

    /** Whether the server commits each statement, by the status that it sent last; {@code null} where the driver's objects are unknown. */
    public static @Nullable Boolean autoCommits(Connection connection) {
        Object one = HostSwitch.isInside(connection) ? HostSwitch.active(connection) : connection;
        Object status = STATUS.of(SERVER_SESSION.of(PROTOCOL.of(SESSION.of(one))));
        return status instanceof Integer flags ? (flags & AUTOCOMMIT) != 0 : null;
    }

    /** The connection was open before the agent came, and is judged now. */
    static void own(Object connection, ConnectionState state) {
        // By the driver's own class: an application's subclass might hold whatever it likes.
        if (connection.getClass().getName().equals("com.mysql.cj.jdbc.ConnectionImpl")) {
            DriverCalls.own(PROTOCOL.of(SESSION.of(connection)), state);
        }
    }
}
