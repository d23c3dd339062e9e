package io.sallyport.sockets;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** Names the far end of a connection the way the application did. */
final class Places {

    private Places() {}

    /** {@code host:port}, {@code [v6]:port}; {@code null} for what is no TCP address. Never asks a name service. */
    static @Nullable String of(@Nullable SocketAddress remote) {
        if (!(remote instanceof InetSocketAddress inet)) {
            return null;
        }
        String host = inet.getHostString();
        boolean v6 = host.indexOf(':') >= 0;
        return (v6 ? "[" + host + "]" : host) + ":" + inet.getPort();
    }
}
