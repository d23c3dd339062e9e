package io.sallyport.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Forwards TCP connections from a free port of the loopback interface to a server there, unchanged and in both directions by
 * themselves, and shows what crosses. Thread-safe.
 */
final class TcpForwarder implements AutoCloseable {

    /** Sees one connection. Each direction is called by a thread of its own, before the bytes go on. */
    interface Tap {

        void sent(byte[] bytes, int length);

        void answered(byte[] bytes, int length);
    }

    private interface Direction {
        void crossed(byte[] bytes, int length);
    }

    /** Name of the threads that carry bytes. */
    static final String THREADS = "tcp-forwarder";

    private final ServerSocket listener;
    private final int serverPort;
    private final Supplier<Tap> taps;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    private final Thread acceptor;
    private volatile boolean cut;

    TcpForwarder(int serverPort, Supplier<Tap> taps) throws IOException {
        this(new ServerSocket(), serverPort, taps);
    }

    /** @param listener not bound yet; of TLS, where callers speak TLS and the server does not */
    TcpForwarder(ServerSocket listener, int serverPort, Supplier<Tap> taps) throws IOException {
        this.listener = listener;
        this.serverPort = serverPort;
        this.taps = taps;
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 200);
        acceptor = daemon(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    int connections() {
        return connections.get();
    }

    /** Ends all connections; later ones are closed as soon as they are accepted. */
    void cut() {
        cut = true;
        open.forEach(TcpForwarder::closeQuietly);
    }

    void mend() {
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
            // A driver's small writes must not wait for each other's acknowledgement.
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            Tap tap = taps.get();
            Thread back = daemon(() -> pump(server, client, tap::answered));
            pump(client, server, tap::sent);
            back.join();
            open.remove(server);
        } catch (IOException e) {
            // One side is gone; closing the other tells it so.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(client);
        }
    }

    private static void pump(Socket from, Socket to, Direction seen) {
        byte[] buffer = new byte[16_384];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                seen.crossed(buffer, n);
                out.write(buffer, 0, n);
            }
            to.shutdownOutput();
        } catch (IOException e) {
            closeQuietly(from);
            closeQuietly(to);
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, THREADS);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void closeQuietly(Socket socket) {
        try {
            // A TLS socket is closed once it has read what is on its way, for as long as its peer keeps its own side
            // open.
            socket.setSoTimeout(1_000);
            socket.close();
        } catch (IOException e) {
            // It is gone, which is what was wanted.
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        cut();
        try {
            // Until its call of accept returns, the kernel still takes connections.
            acceptor.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
