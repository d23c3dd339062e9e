package io.sallyport.controlplane.web;

import io.sallyport.controlplane.configuration.AddressRanges;
import java.net.InetSocketAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How many connections one address may have open, a trusted proxy's apart; what goes beyond is closed before its handshake. Thread-safe. */
final class AddressLimit implements Connection.Listener {

    private static final Logger LOG = LoggerFactory.getLogger(AddressLimit.class);

    private final int most;
    private final AddressRanges trustedProxies;
    private final ConcurrentMap<String, Integer> open = new ConcurrentHashMap<>();

    /** Whom each connection counts for: a closed one does not tell its address any more. */
    private final ConcurrentMap<Connection, String> counted = new ConcurrentHashMap<>();

    AddressLimit(int most, AddressRanges trustedProxies) {
        this.most = most;
        this.trustedProxies = trustedProxies;
    }

    @Override
    public void onOpened(Connection connection) {
        if (!(connection instanceof SslConnection)
                || !(connection.getEndPoint().getRemoteSocketAddress() instanceof InetSocketAddress peer)
                || trustedProxies.contains(peer.getAddress())) {
            return;
        }
        String address = peer.getAddress().getHostAddress();
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
}
