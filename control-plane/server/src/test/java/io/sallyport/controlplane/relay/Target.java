package io.sallyport.controlplane.relay;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** What stands behind the relay: a plain TCP server whose conversation each test writes. */
final class Target implements AutoCloseable {

    /** One connection's conversation. */
    @FunctionalInterface
    interface Conversation {
        void hold(Socket caller) throws Exception;
    }

    private final ServerSocket server;
    private final AtomicInteger accepted = new AtomicInteger();
    private final Queue<Socket> open = new ConcurrentLinkedQueue<>();

    Target(Conversation conversation) throws IOException {
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start("target", () -> {
            while (true) {
                Socket caller = server.accept();
                accepted.incrementAndGet();
                open.add(caller);
                start("conversation", () -> {
                    try (caller) {
                        conversation.hold(caller);
                    }
                });
            }
        });
    }

    /** Sends back what comes until the caller's end. */
    static Target echo() throws IOException {
        return new Target(caller -> {
            caller.getInputStream().transferTo(caller.getOutputStream());
            caller.shutdownOutput();
        });
    }

    HostPort at() {
        return new HostPort("127.0.0.1", server.getLocalPort());
    }

    int accepted() {
        return accepted.get();
    }

    private interface Work {
        void run() throws Exception;
    }

    private static void start(String name, Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (Exception ended) {
                        // The test closed a socket.
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket caller : open) {
            caller.close();
        }
    }
}
