package io.sallyport.jdbc;

import io.sallyport.testing.IssuedCertificate;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLSocket;

/**
 * Stands where a database should, says what it likes about TLS, and reads all that it is told, inside TLS as well. It never answers a login:
 * what reached it by then is what would have leaked.
 */
final class ManInTheMiddle implements AutoCloseable {

    /** Where TLS begins. */
    enum Protocol {
        /** After {@code SSLRequest} and one byte (PostgreSQL, "Message Flow", SSL Session Encryption). */
        POSTGRESQL,
        /** After a greeting with the capability {@code CLIENT_SSL} and the packet {@code SSLRequest} (MySQL, "Connection Phase"). */
        MYSQL,
        /** At once. */
        TLS
    }

    private static final int SSL_REQUEST = 80_877_103;
    private static final int CLIENT_SSL = 0x800;
    /** PROTOCOL_41, SECURE_CONNECTION, PLUGIN_AUTH, CONNECT_WITH_DB, TRANSACTIONS, LONG_PASSWORD, LONG_FLAG. */
    private static final int CAPABILITIES = 0x8a20d;

    private final ServerSocket listener;
    private final Protocol protocol;
    private final IssuedCertificate certificate;
    private final String[] versions;
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private final AtomicInteger connections = new AtomicInteger();

    /**
     * @param certificate shown by its TLS; {@code null}: says that it has none
     * @param versions that it speaks
     */
    ManInTheMiddle(Protocol protocol, IssuedCertificate certificate, String... versions) throws IOException {
        this.protocol = protocol;
        this.certificate = certificate;
        this.versions = versions;
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        daemon(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    int connections() {
        return connections.get();
    }

    boolean hasRead(String text) {
        synchronized (received) {
            return received.toString(StandardCharsets.ISO_8859_1).contains(text);
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket victim = listener.accept();
                connections.incrementAndGet();
                daemon(() -> serve(victim));
            } catch (IOException closed) {
                // The test is over.
            }
        }
    }

    private void serve(Socket victim) {
        try (victim) {
            victim.setSoTimeout(20_000);
            boolean tls = switch (protocol) {
                case POSTGRESQL -> postgresql(victim);
                case MYSQL -> mysql(victim);
                case TLS -> certificate != null;
            };
            read(tls ? handshake(victim) : victim);
        } catch (Exception over) {
            // The victim noticed.
        }
    }

    private boolean postgresql(Socket victim) throws IOException {
        DataInputStream in = new DataInputStream(victim.getInputStream());
        int length = in.readInt();
        int code = in.readInt();
        if (length != 8 || code != SSL_REQUEST) {
            return false;
        }
        victim.getOutputStream().write(certificate == null ? 'N' : 'S');
        return certificate != null;
    }

    private boolean mysql(Socket victim) throws IOException {
        int capabilities = CAPABILITIES | (certificate == null ? 0 : CLIENT_SSL);
        ByteArrayOutputStream greeting = new ByteArrayOutputStream();
        greeting.write(10);
        greeting.writeBytes("8.0.33\0".getBytes(StandardCharsets.US_ASCII));
        greeting.writeBytes(new byte[] {1, 0, 0, 0});
        greeting.writeBytes("saltsalt\0".getBytes(StandardCharsets.US_ASCII));
        greeting.writeBytes(new byte[] {(byte) capabilities, (byte) (capabilities >> 8), 45, 2, 0});
        greeting.writeBytes(new byte[] {(byte) (capabilities >> 16), (byte) (capabilities >> 24), 21});
        greeting.writeBytes(new byte[10]);
        greeting.writeBytes("saltsaltsalt\0mysql_native_password\0".getBytes(StandardCharsets.US_ASCII));
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        packet.writeBytes(new byte[] {(byte) greeting.size(), 0, 0, 0});
        greeting.writeTo(packet);
        victim.getOutputStream().write(packet.toByteArray());
        byte[] head = victim.getInputStream().readNBytes(4);
        byte[] answer = victim.getInputStream().readNBytes(head.length == 4 ? head[0] & 0xff : 0);
        if (answer.length == 32 && certificate != null) {
            return true;
        }
        record(answer, answer.length);
        return false;
    }

    private Socket handshake(Socket victim) throws Exception {
        SSLSocket tls = (SSLSocket)
                certificate.serverContext().getSocketFactory().createSocket(victim, null, victim.getPort(), true);
        tls.setUseClientMode(false);
        if (versions.length > 0) {
            tls.setEnabledProtocols(versions);
        }
        tls.startHandshake();
        return tls;
    }

    private void read(Socket victim) throws IOException {
        InputStream in = victim.getInputStream();
        byte[] buffer = new byte[4096];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            record(buffer, n);
            if (hasRead("canary")) {
                return;
            }
        }
    }

    private void record(byte[] bytes, int length) {
        synchronized (received) {
            received.write(bytes, 0, length);
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "man-in-the-middle");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
