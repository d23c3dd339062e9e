package io.sallyport.weaving.tls;

import io.sallyport.weaving.StateField;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * Sockets that the JDK connected by way of a proxy: they tell the address that was asked for, as if they led there. Thread-safe; keeps no socket alive.
 */
public final class ProxiedSockets {

    private record Proxied(String proxy) {}

    private ProxiedSockets() {}

    /** @param proxy its host */
    public static void connected(Socket socket, String proxy) {
        // TLS is judged by its peer, wherever that is.
        if (!(socket instanceof SSLSocket)) {
            StateField.set(socket, new Proxied(proxy));
        }
    }

    /** The proxy, or the address beyond this host, that a socket leads to; {@code null} for one that leads to the loopback, or tells nothing. */
    public static @Nullable String elsewhere(Socket socket) {
        Proxied proxied = StateField.get(socket, Proxied.class);
        if (proxied != null) {
            return "the proxy " + proxied.proxy();
        }
        InetAddress address = socket.getInetAddress();
        return address == null || address.isLoopbackAddress() ? null : address.getHostAddress();
    }
}
