package io.sallyport.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A TCP proxy on the loopback interface that keeps what crosses it, and that can be cut like a cable. Thread-safe.
 *
 * <p>While it is cut, connections are accepted and closed at once, as by a server that is down behind a load balancer.
 */
public final class RecordingProxy implements AutoCloseable {

    private final ServerSocket listener;
    private final int serverPort;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private final ByteArrayOutputStream answered = new ByteArrayOutputStream();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile boolean cut;

    private RecordingProxy(ServerSocket listener, int serverPort) {
        this.listener = listener;
        this.serverPort = serverPort;
    }

    /** A proxy on a free port before {@code localhost:serverPort}. */
    public static RecordingProxy to(int serverPort) throws IOException {
        ServerSocket listener = new ServerSocket();
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        RecordingProxy proxy = new RecordingProxy(listener, serverPort);
        daemon(proxy::accept);
        return proxy;
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** Number of connections that clients opened so far. */
    public int connections() {
        return connections.get();
    }

    /** Number of bytes that clients sent so far. */
    public int bytesSent() {
        synchronized (sent) {
            return sent.size();
        }
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
        synchronized (recorded) {
            return recorded.toString(StandardCharsets.ISO_8859_1)
                    .contains(new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
        }
    }

    /** Ends all connections and lets no further one through. */
    public void cut() {
        cut = true;
        open.forEach(RecordingProxy::closeQuietly);
    }

    public void mend() {
        cut = false;
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                connections.incrementAndGet();
                daemon(() -> serve(client));
            } catch (IOException e) {
                // Closed, or a client that was gone again: either way there is nobody to serve.
            }
        }
    }

    private void serve(Socket client) {
        try (client;
                Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort)) {
            open.add(client);
            open.add(server);
            if (cut) {
                return;
            }
            Thread back = daemon(() -> pump(server, client, answered));
            pump(client, server, sent);
            back.join();
        } catch (IOException e) {
            // One side is gone; closing the other tells it so.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(client);
        }
    }

    private void pump(Socket from, Socket to, ByteArrayOutputStream record) {
        byte[] buffer = new byte[8192];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                synchronized (record) {
                    record.write(buffer, 0, n);
                }
                out.write(buffer, 0, n);
                out.flush();
            }
        } catch (IOException e) {
            // As above.
        } finally {
            closeQuietly(from);
            closeQuietly(to);
            open.remove(from);
            open.remove(to);
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "recording-proxy");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is gone, which is what was wanted.
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        cut();
    }
}
