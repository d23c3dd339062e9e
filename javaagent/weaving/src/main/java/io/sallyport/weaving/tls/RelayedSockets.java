package io.sallyport.weaving.tls;

import io.sallyport.core.command.Endpoint;
import io.sallyport.core.verdict.TlsFacts;
import java.io.IOException;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * Sockets of applications that lead to a relay, each with the TLS that is layered on it. Until the first one there is, asking costs the read of
 * one field. Thread-safe.
 *
 * <p>{@code java.net.Socket} cannot be given a field, so this is a map by identity; the TLS socket refers to the one below it, hence an entry
 * lives until its socket is closed: an application that forgets a socket without closing it keeps it open.
 */
public final class RelayedSockets {

    private final RelayTls tls;
    private final Map<Key, Layer> layers = new ConcurrentHashMap<>();
    private final ThreadLocal<Boolean> handshaking = new ThreadLocal<>();
    private final ThreadLocal<TlsFacts> latest = new ThreadLocal<>();
    private volatile boolean any;

    private record Layer(SSLSocket socket, TlsFacts facts, AtomicBoolean looked) {}

    public RelayedSockets(RelayTls tls) {
        this.tls = tls;
    }

    /**
     * Puts TLS on a socket that has just been connected to {@code relay}.
     *
     * @throws IOException when the relay cannot be trusted or does not admit this workload
     */
    public void layer(Socket connected, Endpoint relay) throws IOException {
        handshaking.set(Boolean.TRUE);
        try {
            SSLSocket layered = tls.layer(connected, relay);
            SSLSession session = layered.getSession();
            TlsFacts facts = TlsFacts.toRelay(
                    session.getProtocol(),
                    session.getCipherSuite(),
                    session.getPeerPrincipal().getName(),
                    relay.toString());
            any = true;
            layers.put(new Key(connected), new Layer(layered, facts, new AtomicBoolean()));
            latest.set(facts);
        } finally {
            handshaking.remove();
        }
    }

    /** Whether this thread is in the handshake of {@link #layer}, which is judged by {@link RelayTls} alone. */
    public boolean isHandshaking() {
        return handshaking.get() != null;
    }

    /** What a caller of {@code socket} reads and writes in its place; {@code null} for a socket that leads to no relay. */
    public @Nullable SSLSocket of(Socket socket) {
        Layer layer = find(socket);
        return layer == null ? null : layer.socket();
    }

    /** What the TLS to the relay is; {@code null} for a socket that leads to no relay. */
    public @Nullable TlsFacts facts(Socket socket) {
        Layer layer = find(socket);
        return layer == null ? null : layer.facts();
    }

    /** Whether nobody has asked this of that socket before: for a client that keeps connections for many requests. */
    public boolean isFirstLookAt(Socket socket) {
        Layer layer = find(socket);
        return layer != null && layer.looked().compareAndSet(false, true);
    }

    /** The facts of the connection that this thread was the last to open through a relay, asked once; {@code null} if there was none. */
    public @Nullable TlsFacts takeLatest() {
        if (!any) {
            return null;
        }
        TlsFacts facts = latest.get();
        latest.remove();
        return facts;
    }

    /** {@code socket} is being closed: its TLS says so to the relay first. */
    public void closing(Socket socket) {
        Layer layer = any ? layers.remove(new Key(socket)) : null;
        if (layer != null) {
            try {
                layer.socket().close();
            } catch (IOException gone) {
                // Then there is nobody left to tell it to.
            }
        }
    }

    private @Nullable Layer find(Socket socket) {
        return any ? layers.get(new Key(socket)) : null;
    }

    /** Sockets are compared by identity, whatever a subclass says. */
    private record Key(Socket socket) {
        @Override
        public int hashCode() {
            return System.identityHashCode(socket);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key key && key.socket == socket;
        }
    }
}
