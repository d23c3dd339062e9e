package io.sallyport.sockets;

import io.sallyport.weaving.tls.ProxiedSockets;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** A connect of a {@code java.net.Socket}: judged, led to a relay where there is one, observed. Thread-safe. */
final class SocketConnects {

    private final ConnectGuard guard;
    private final ConnectObserver observer;
    private final Relays relays;

    /** The proxy that the connect which this thread is in went by. */
    private final ThreadLocal<@Nullable String> proxy = new ThreadLocal<>();

    SocketConnects(ConnectGuard guard, ConnectObserver observer, Relays relays) {
        this.guard = guard;
        this.observer = observer;
        this.relays = relays;
    }

    /** This thread's connect goes by way of that proxy. */
    void byProxy(String server) {
        proxy.set(server);
    }

    /** @return token for {@link #end} and the address to connect to; {@code null} where that stays as it is */
    @Nullable
    Object @Nullable [] begin(Socket socket, @Nullable SocketAddress remote) throws IOException {
        guard.connecting(remote);
        Relays.Leg leg = relays.begin(socket, remote);
        return leg == null ? null : new Object[] {leg, leg.address()};
    }

    void end(
            @Nullable Object @Nullable [] begun,
            Socket socket,
            @Nullable SocketAddress remote,
            int timeout,
            @Nullable Throwable thrown)
            throws IOException {
        String by = proxy.get();
        if (by != null) {
            proxy.remove();
            if (thrown == null) {
                ProxiedSockets.connected(socket, by);
            }
        }
        Relays.Leg leg = begun == null ? null : (Relays.Leg) begun[0];
        if (leg != null) {
            relays.end(leg, socket, timeout, thrown);
        }
        if (thrown == null && !guard.wasRefusedHere()) {
            observer.connected(leg == null ? remote : leg.named(), null);
        }
    }
}
