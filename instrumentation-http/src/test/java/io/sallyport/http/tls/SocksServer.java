package io.sallyport.http.tls;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/** A SOCKS proxy (RFC 1928, without authentication) that says it were connected wherever a caller wants to go, and keeps what it is sent. */
final class SocksServer implements AutoCloseable {

    private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final AtomicInteger received = new AtomicInteger();

    SocksServer() throws IOException {
        Thread thread = new Thread(() -> {
            while (!listening.isClosed()) {
                try (Socket caller = listening.accept()) {
                    hold(caller);
                } catch (IOException over) {
                    // The caller has hung up, or the test is over.
                }
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private void hold(Socket caller) throws IOException {
        DataInputStream in = new DataInputStream(caller.getInputStream());
        in.readByte();
        in.skipNBytes(in.readUnsignedByte());
        caller.getOutputStream().write(new byte[] {5, 0});
        in.skipNBytes(3);
        int kind = in.readUnsignedByte();
        in.skipNBytes(2L + (kind == 1 ? 4 : kind == 4 ? 16 : in.readUnsignedByte()));
        caller.getOutputStream().write(new byte[] {5, 0, 0, 1, 127, 0, 0, 1, 0, 80});
        while (in.read() >= 0) {
            received.incrementAndGet();
        }
    }

    /** How many bytes came that were for the target. */
    int received() {
        return received.get();
    }

    InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), listening.getLocalPort());
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
