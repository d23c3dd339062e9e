package io.sallyport.http.tls;

import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import javax.net.ssl.SSLSocket;

/**
 * Ports that were asked for by TLS in a proxy's tunnel: a socket tells the proxy's, and the policy is about the server's. An engine is told
 * its peer's by its client. Thread-safe.
 */
final class TunnelledPorts {

    /** Sockets of the JDK's TLS compare by identity. */
    private static final Map<Object, Integer> ASKED = Collections.synchronizedMap(new WeakHashMap<>());

    private TunnelledPorts() {}

    /** @param asked the port that TLS was layered for over a connected socket */
    static void layered(Object socket, int asked) {
        if (asked > 0 && socket instanceof SSLSocket tls && tls.getPort() != asked) {
            ASKED.put(socket, asked);
        }
    }

    /** Not positive where nobody asked for another port than the socket's own. */
    static int of(Object transport) {
        return ASKED.isEmpty() ? 0 : ASKED.getOrDefault(transport, 0);
    }
}
