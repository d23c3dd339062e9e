package io.sallyport.http.tls;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A proxy that lets everybody into a tunnel (CONNECT), wherever he wants to go, and leads him to one place of its own. */
final class Tunnel implements AutoCloseable {

    private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final int port;

    Tunnel(int port) throws IOException {
        this.port = port;
        inBackground(() -> {
            while (true) {
                Socket caller = listening.accept();
                inBackground(() -> carry(caller));
            }
        });
    }

    InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), listening.getLocalPort());
    }

    /** The first lines of what it was asked. */
    List<String> asked() {
        return asked;
    }

    private void carry(Socket caller) throws IOException {
        try (caller;
                Socket there = new Socket(InetAddress.getByName("localhost"), port)) {
            InputStream in = caller.getInputStream();
            StringBuilder head = new StringBuilder();
            for (int c = in.read(); c >= 0; c = in.read()) {
                head.append((char) c);
                if (head.toString().endsWith("\r\n\r\n")) {
                    break;
                }
            }
            asked.add(head.substring(0, head.indexOf("\r\n")));
            caller.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            inBackground(() -> {
                there.getInputStream().transferTo(caller.getOutputStream());
                caller.shutdownOutput();
            });
            in.transferTo(there.getOutputStream());
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void inBackground(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException over) {
                        // One side is gone, or the test.
                    }
                },
                "tunnel");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
