package io.sallyport.sockets;

import io.sallyport.core.command.Endpoint;
import io.sallyport.core.command.HostSpelling;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Names the far end of a connection the way the application did. */
final class Places {

    private Places() {}

    /** By the name under which it was asked for. Never asks a name service. */
    static Endpoint named(InetSocketAddress remote) {
        return new Endpoint(remote.getHostString().toLowerCase(Locale.ROOT), remote.getPort());
    }

    /** By its address. */
    static Endpoint numeric(InetAddress address, int port) {
        return new Endpoint(HostSpelling.of(address.getHostAddress()).get(0), port);
    }

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
