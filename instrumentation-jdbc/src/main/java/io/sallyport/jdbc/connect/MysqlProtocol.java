package io.sallyport.jdbc.connect;

import io.sallyport.jdbc.execute.DriverCalls;
import io.sallyport.jdbc.state.ConnectionState;

/** Below JDBC in MySQL Connector/J: what a connection sends with, of one that was open before the agent came. */
final class MysqlProtocol {

    private MysqlProtocol() {}

    static void own(Object connection, ConnectionState state) {
        // By the driver's own class: an application's subclass might hold whatever it likes.
        if (connection.getClass().getName().equals("com.mysql.cj.jdbc.ConnectionImpl")) {
            Object session = DriverField.of(connection, "session");
            DriverCalls.own(session == null ? null : DriverField.of(session, "protocol"), state);
        }
    }
}
