package io.sallyport.sockets;

import io.sallyport.testing.IssuedCertificate;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** Speaks TLS and echoes lines, as a relay before an echoing target. Remembers what it received and how its callers ended. */
final class ScriptedRelay implements AutoCloseable {

    private final SSLServerSocket listener;
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private int orderlyEnds;

    ScriptedRelay(IssuedCertificate certificate) throws Exception {
        listener = (SSLServerSocket) certificate
                .serverContext()
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::accept, "scripted-relay");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return listener.getLocalPort();
    }

    synchronized String received() {
        return received.toString(StandardCharsets.UTF_8);
    }

    /** Callers that said close_notify; waits for one. */
    synchronized int awaitOrderlyEnd() throws InterruptedException {
        while (orderlyEnds == 0) {
            wait();
        }
        return orderlyEnds;
    }

    private void accept() {
        while (!listener.isClosed()) {
            try (SSLSocket caller = (SSLSocket) listener.accept()) {
                InputStream in = caller.getInputStream();
                byte[] buffer = new byte[1024];
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    synchronized (this) {
                        received.write(buffer, 0, n);
                    }
                    caller.getOutputStream().write(buffer, 0, n);
                }
                // A connection that is cut without close_notify ends in an exception instead.
                synchronized (this) {
                    orderlyEnds++;
                    notifyAll();
                }
            } catch (IOException refusedOrCut) {
                // The next caller.
            }
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
