package io.sallyport.jdbc.connect;

import io.sallyport.jdbc.state.ConnectionState;
import io.sallyport.weaving.StateField;
import org.jspecify.annotations.Nullable;

/**
 * Below JDBC in MariaDB Connector/J 2: the protocol object of a connection that a data source or the driver's own pool opened was admitted,
 * and its connection object is made afterwards. Over several hosts it is a proxy, and the connection is decided by itself.
 */
final class MariadbProtocol {

    private static final DriverField PROTOCOL = new DriverField("protocol");

    private MariadbProtocol() {}

    static @Nullable ConnectionState ownerOf(Object connection) {
        if (!connection.getClass().getName().equals("org.mariadb.jdbc.MariaDbConnection")) {
            return null;
        }
        Object protocol = PROTOCOL.of(connection);
        return protocol == null ? null : StateField.get(protocol, ConnectionState.class);
    }
}
