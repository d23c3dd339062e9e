package io.sallyport.sockets;

import io.sallyport.core.command.Endpoint;
import io.sallyport.weaving.tls.RelayPlaces;
import io.sallyport.weaving.tls.RelayedSockets;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * Leads a {@code java.net.Socket} to the relay that stands before a place, and puts TLS on it before its opener gets it. Whoever opens the
 * connection, and however the place is spelled: what is not led there is refused by {@link ConnectGuard}. Thread-safe.
 */
final class Relays {

    /** Where the opener sets no time limit of its own. */
    private static final int HANDSHAKE_MILLIS = 10_000;

    private final RelayPlaces places;
    private final RelayedSockets relayed;
    private final ThreadLocal<Boolean> leading = new ThreadLocal<>();

    /**
     * A connect that goes to a relay.
     *
     * @param named the address that was asked for
     */
    record Leg(SocketAddress named, Endpoint relay) {

        InetSocketAddress address() {
            return new InetSocketAddress(relay.host(), relay.port());
        }
    }

    Relays(RelayPlaces places, RelayedSockets relayed) {
        this.places = places;
        this.relayed = relayed;
    }

    /** The relay that a connection to {@code remote} must go through; {@code null} for every other. Never asks a name service. */
    @Nullable
    Endpoint before(InetSocketAddress remote) {
        Endpoint named = Places.named(remote);
        Endpoint relay = places.before(named);
        InetAddress address = remote.getAddress();
        if (address == null) {
            return relay;
        }
        Endpoint numeric = Places.numeric(address, remote.getPort());
        if (relay == null) {
            return places.before(numeric);
        }
        places.learn(named, numeric);
        return relay;
    }

    /** Whether this thread is connecting to a relay, in {@link #begin} to {@link #end}. */
    boolean isLeading() {
        return leading.get() != null;
    }

    /** @return {@code null} for a connect that goes to no relay */
    @Nullable
    Leg begin(Socket socket, @Nullable SocketAddress remote) throws IOException {
        if (!(remote instanceof InetSocketAddress inet)) {
            return null;
        }
        Endpoint relay = before(inet);
        if (relay == null) {
            return null;
        }
        if (socket instanceof SSLSocket) {
            throw new SocketException("Refused by Sallyport: connections to " + remote + " go through the relay "
                    + relay + ", which speaks TLS itself; connect without TLS to it");
        }
        Leg leg = new Leg(inet, relay);
        leading.set(Boolean.TRUE);
        return leg;
    }

    /** @param timeout of the connect in milliseconds; 0: none */
    void end(Leg leg, Socket socket, int timeout, @Nullable Throwable thrown) throws IOException {
        leading.remove();
        if (thrown != null) {
            if (thrown instanceof IOException failure) {
                throw unreachable(leg, failure);
            }
            return;
        }
        try {
            int before = socket.getSoTimeout();
            socket.setSoTimeout(timeout > 0 ? timeout : HANDSHAKE_MILLIS);
            relayed.layer(socket, leg.relay());
            socket.setSoTimeout(before);
        } catch (IOException | RuntimeException untrusted) {
            socket.close();
            throw untrusted;
        }
    }

    private static IOException unreachable(Leg leg, IOException failure) {
        String what =
                "the relay " + leg.relay() + " before " + leg.named() + " cannot be reached: " + failure.getMessage();
        IOException told = failure instanceof SocketTimeoutException
                ? new SocketTimeoutException(what)
                : new ConnectException(what);
        told.initCause(failure);
        return told;
    }

    RelayedSockets sockets() {
        return relayed;
    }
}
