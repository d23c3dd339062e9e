package io.sallyport.weaving;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which sockets a mediated HTTP client opened for itself, where the stack of a connect does not show it: on an event loop everybody connects by the
 * same classes. A socket is a client's because the client's own code opened it, whatever was asked of whom before, so that neither a request that was
 * admitted vouches for somebody else's channel to its place, nor a connection that a pool makes later needs one.
 *
 * <p>A client is woven where it asks its library for a connection, and the mark goes from there to the socket by what both ends see:
 *
 * <ol>
 *   <li>{@link #begin} marks the thread until {@link #end}, or until it is spent.
 *   <li>{@link #hand} spends the thread's mark on an object that the library passes on to another thread; {@link #resume} is {@link #begin} for what
 *       carries one, and marks nothing for any other.
 *   <li>The socket level marks what is {@linkplain #opened opened} meanwhile (the JDK itself opens some to try out what the system can, so that the first is not
 *       always the client's), and the first {@linkplain #connects connect} spends the mark: code of the application's that runs later within, a callback of a
 *       connect that failed, finds none. {@link #isClients} is asked when a socket is connected, by whatever thread.
 * </ol>
 *
 * <p>So Reactor Netty, AsyncHttpClient and Jetty mark the very call that opens the channel; Vert.x's way goes by the options of one connect and the
 * provider of one channel, that of Apache's asynchronous clients by their own reactor's workers, which connect in a call of their own.
 *
 * <p>Thread-safe. Nothing here is kept alive: carriers are held weakly, and compared by identity.
 */
public final class ClientSockets {

    private final ThreadLocal<@Nullable String> opening = new ThreadLocal<>();
    private final WeakIdentityMap owners = new WeakIdentityMap();
    private volatile Predicate<String> flawed = client -> false;

    /**
     * What this thread opens next is that client's.
     *
     * @param client name of its module; one that has a class which could not be woven owns nothing
     */
    public void begin(String client) {
        opening.set(client);
    }

    /** The same for what was handed to {@code carrier}; where nothing was, nothing is the client's. */
    public void resume(Object carrier) {
        String client = (String) owners.get(carrier);
        if (client == null) {
            opening.remove();
        } else {
            opening.set(client);
        }
    }

    /** What comes now is nobody's. */
    public void end() {
        opening.remove();
    }

    /** This thread opened a socket. */
    public void opened(Object socket) {
        String client = opening.get();
        if (client != null) {
            owners.put(socket, client);
        }
    }

    /** This thread is about to connect a socket. */
    public void connects(Object socket) {
        hand(socket);
    }

    /** Spends this thread's mark, if it has one, on something that the client's library carries on. */
    public void hand(Object carrier) {
        String client = take();
        if (client != null) {
            owners.put(carrier, client);
        }
    }

    /** Whether a client opened that socket, or connects it itself. {@code null} where the socket has no object of its own. */
    public boolean isClients(@Nullable Object socket) {
        String client = socket == null ? null : (String) owners.get(socket);
        return client != null && !flawed.test(client);
    }

    /** Who tells of a client, by its module's name, that one of its classes could not be woven. */
    void flawed(Predicate<String> isFlawed) {
        flawed = isFlawed;
    }

    private @Nullable String take() {
        String client = opening.get();
        if (client != null) {
            opening.remove();
        }
        return client;
    }
}
