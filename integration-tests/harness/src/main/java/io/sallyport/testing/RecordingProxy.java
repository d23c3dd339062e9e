package io.sallyport.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A TCP proxy on the loopback interface that keeps what crosses it, and that can be cut like a cable. Thread-safe.
 *
 * <p>While it is cut, connections are accepted and closed at once, as by a server that is down behind a load balancer.
 */
public final class RecordingProxy implements AutoCloseable {

    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private final ByteArrayOutputStream answered = new ByteArrayOutputStream();
    private final TcpForwarder forwarder;
    private final AtomicReference<Fault> fault = new AtomicReference<>();

    private RecordingProxy(int serverPort) throws IOException {
        forwarder = new TcpForwarder(serverPort, Recording::new);
    }

    private final class Recording implements TcpForwarder.Tap {

        @Override
        public void sent(byte[] bytes, int length) {
            sent.write(bytes, 0, length);
            Fault due = fault.get();
            if (due != null && sent.size() >= due.at && fault.compareAndSet(due, null)) {
                due.happens.run();
            }
        }

        @Override
        public void answered(byte[] bytes, int length) {
            answered.write(bytes, 0, length);
        }
    }

    private record Fault(long at, Runnable happens) {}

    /** A proxy on a free port before {@code localhost:serverPort}. */
    public static RecordingProxy to(int serverPort) throws IOException {
        return new RecordingProxy(serverPort);
    }

    public int port() {
        return forwarder.port();
    }

    /** Number of connections that clients opened so far. */
    public int connections() {
        return forwarder.connections();
    }

    /** Number of bytes that clients sent so far. */
    public int bytesSent() {
        return sent.size();
    }

    /** Whether any client sent that text in plain. */
    public boolean hasSeen(String text) {
        return holds(sent, text);
    }

    /** Whether that text crossed in plain, in either direction. */
    public boolean hasCarried(String text) {
        return holds(sent, text) || holds(answered, text);
    }

    private static boolean holds(ByteArrayOutputStream recorded, String text) {
        return recorded.toString(StandardCharsets.ISO_8859_1)
                .contains(new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
    }

    /** Ends all connections and lets no further one through. */
    public void cut() {
        forwarder.cut();
    }

    public void mend() {
        forwarder.mend();
    }

    /**
     * Has something happen once clients have sent so many bytes more, before the last of them go on: in the middle of whatever they are sending. Called on
     * the thread that carries the bytes. Replaces what was to happen and has not.
     */
    public void after(int bytes, Runnable happens) {
        fault.set(new Fault((long) sent.size() + bytes, happens));
    }

    @Override
    public void close() throws IOException {
        forwarder.close();
    }
}
