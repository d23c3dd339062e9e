package io.sallyport.testing;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The wire before a server whose callers must speak TLS: every byte of every connection is looked at as it crosses. Whatever is neither a
 * record of TLS nor the few bytes by which the server's protocol asks for TLS is noted, and so is any canary; closing the wire then fails. So
 * each test of that server proves, besides what it is about, that nothing of it could be read on the way. Thread-safe.
 */
public final class WatchedWire implements Approach {

    private static final Set<Integer> WATCHED = ConcurrentHashMap.newKeySet();

    /** Name of the threads of every wire, and of what stands before a server for TLS. */
    public static final String THREADS = TcpForwarder.THREADS;

    private final List<String> readable = new ArrayList<>();
    private final TcpForwarder forwarder;
    private final TlsBegins begins;

    private WatchedWire(int serverPort, TlsBegins begins) throws IOException {
        this.begins = begins;
        this.forwarder = new TcpForwarder(serverPort, Looking::new);
        WATCHED.add(forwarder.port());
    }

    /** A wire on a free port that leads to {@code localhost:serverPort}. */
    public static WatchedWire to(int serverPort, TlsBegins begins) throws IOException {
        return new WatchedWire(serverPort, begins);
    }

    /** Whether a port is the near end of such a wire, in this process. */
    public static boolean isWatched(int port) {
        return WATCHED.contains(port);
    }

    @Override
    public int port() {
        return forwarder.port();
    }

    /** Number of connections that clients opened so far. */
    public int connections() {
        return forwarder.connections();
    }

    /** What could be read so far; empty, if all is well. */
    public List<String> readable() {
        synchronized (readable) {
            return List.copyOf(readable);
        }
    }

    private final class Looking implements TcpForwarder.Tap {

        private final EncryptedStream sent = new EncryptedStream(begins.asked(), bytes -> false);
        private final EncryptedStream answered = new EncryptedStream(begins.granted(), begins.givenUp());

        @Override
        public void sent(byte[] bytes, int length) {
            note("a client sent ", sent.look(bytes, length));
        }

        @Override
        public void answered(byte[] bytes, int length) {
            note("the server answered ", answered.look(bytes, length));
        }

        private void note(String who, @Nullable String what) {
            synchronized (readable) {
                if (what != null) {
                    readable.add(who + what);
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        forwarder.close();
        WATCHED.remove(forwarder.port());
        List<String> seen = readable();
        if (!seen.isEmpty()) {
            throw new AssertionError("in plain text on the wire: " + seen);
        }
    }
}
