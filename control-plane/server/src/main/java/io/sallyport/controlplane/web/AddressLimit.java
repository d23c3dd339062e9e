package io.sallyport.controlplane.web;

import java.net.InetSocketAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How many connections one address may have open; what goes beyond is closed before its handshake. Thread-safe. */
final class AddressLimit implements Connection.Listener {

    private static final Logger LOG = LoggerFactory.getLogger(AddressLimit.class);

    private final int most;
    private final ConcurrentMap<String, Integer> open = new ConcurrentHashMap<>();

    /** Whom each connection counts for: a closed one does not tell its address any more. */
    private final ConcurrentMap<Connection, String> counted = new ConcurrentHashMap<>();

    AddressLimit(int most) {
        this.most = most;
    }

    @Override
    public void onOpened(Connection connection) {
        if (!(connection instanceof SslConnection)) {
            return;
        }
        String address = address(connection);
        counted.put(connection, address);
        if (open.merge(address, 1, Integer::sum) > most) {
            LOG.debug("too many connections of {}", address);
            connection.close();
        }
    }

    @Override
    public void onClosed(Connection connection) {
        String address = counted.remove(connection);
        if (address != null) {
            open.computeIfPresent(address, (key, count) -> count == 1 ? null : count - 1);
        }
    }

    private static String address(Connection connection) {
        return connection.getEndPoint().getRemoteSocketAddress() instanceof InetSocketAddress internet
                ? internet.getAddress().getHostAddress()
                : "";
    }
}
