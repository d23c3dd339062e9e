package io.sallyport.jdbc;

import io.sallyport.testing.IssuedCertificate;
import io.sallyport.testing.TestAuthority;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
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
        /** Inside the packets of pre-login, unless the answer to pre-login says that there is none ([MS-TDS] 2.2.6.5). */
        TDS,
        /** At once. */
        TLS
    }

    private static final int SSL_REQUEST = 80_877_103;
    /** First bytes of what he has no answer to. */
    private static final int TDS_PRELOGIN = 0x12;

    private static final int TNS_CONNECT = 1;
    private static final int TNS_TYPE = 4;

    private static final int TLS_HANDSHAKE = 0x16;
    private static final int GSS_REQUEST = 80_877_104;
    private static final int CLIENT_SSL = 0x800;
    /** PROTOCOL_41, SECURE_CONNECTION, PLUGIN_AUTH, CONNECT_WITH_DB, TRANSACTIONS, LONG_PASSWORD, LONG_FLAG. */
    private static final int CAPABILITIES = 0x8a20d;

    private final ServerSocket listener;
    private final Protocol protocol;
    private final IssuedCertificate certificate;
    private final String[] versions;
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private final ByteArrayOutputStream inTls = new ByteArrayOutputStream();
    private final AtomicInteger connections = new AtomicInteger();
    private final CountDownLatch connected = new CountDownLatch(1);
    private final List<String> shown = new CopyOnWriteArrayList<>();
    private volatile boolean loginOnly;
    private volatile boolean plain;
    private volatile TestAuthority clients;

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

    /** Of TDS: he encrypts the login and nothing after it. */
    ManInTheMiddle encryptingTheLoginOnly() {
        loginOnly = true;
        return this;
    }

    /** He says that he speaks TLS, and reads what comes then as it is. */
    ManInTheMiddle readingPlainText() {
        plain = true;
        return this;
    }

    /** He goes on with nobody who shows no certificate of theirs. */
    ManInTheMiddle demandingClientsOf(TestAuthority authority) {
        clients = authority;
        return this;
    }

    /** The names in the certificates that were shown to him. */
    List<String> shown() {
        return shown;
    }

    int port() {
        return listener.getLocalPort();
    }

    int connections() {
        return connections.get();
    }

    /** Whether anybody connected; who was refused at once may be gone before he is accepted. */
    boolean wasConnected() throws InterruptedException {
        return connected.await(30, TimeUnit.SECONDS);
    }

    boolean hasRead(String text) {
        return holds(received, text);
    }

    /** Of what he read, what came inside TLS. */
    boolean hasReadInTls(String text) {
        return holds(inTls, text);
    }

    /** In any encoding and case that a protocol writes names in. */
    private static boolean holds(ByteArrayOutputStream read, String text) {
        synchronized (read) {
            String all = read.toString(StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
            return Stream.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)
                    .anyMatch(how -> all.contains(new String(text.getBytes(how), StandardCharsets.ISO_8859_1)));
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket victim = listener.accept();
                connections.incrementAndGet();
                connected.countDown();
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
                case TDS -> tds(victim);
                case TLS -> certificate != null;
            };
            read(tls && !plain ? handshake(protocol == Protocol.TDS ? new TdsHandshake(victim) : victim) : victim);
        } catch (Exception over) {
            // The victim noticed.
        }
    }

    private boolean postgresql(Socket victim) throws IOException {
        DataInputStream in = new DataInputStream(victim.getInputStream());
        int length = in.readInt();
        int code = in.readInt();
        while (code == GSS_REQUEST) {
            victim.getOutputStream().write('N');
            length = in.readInt();
            code = in.readInt();
        }
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

    private boolean tds(Socket victim) throws IOException {
        DataInputStream in = new DataInputStream(victim.getInputStream());
        byte[] head = in.readNBytes(8);
        in.readNBytes(head.length == 8 ? ((head[2] & 0xff) << 8 | head[3] & 0xff) - 8 : 0);
        byte encryption = (byte) (certificate == null ? 2 : loginOnly ? 0 : 3);
        victim.getOutputStream().write(new byte[] {
            4,
            1,
            0,
            26,
            0,
            0,
            1,
            0, // the packet: answer, last, length
            0,
            0,
            11,
            0,
            6, // version at 11
            1,
            0,
            17,
            0,
            1, // encryption at 17
            (byte) 0xff,
            16,
            0,
            0,
            0,
            0,
            0,
            encryption
        });
        return certificate != null;
    }

    private Socket handshake(Socket victim) throws Exception {
        SSLSocket tls = (SSLSocket) context().getSocketFactory().createSocket(victim, null, victim.getPort(), true);
        tls.setUseClientMode(false);
        tls.setNeedClientAuth(clients != null);
        if (versions.length > 0) {
            tls.setEnabledProtocols(versions);
        }
        tls.startHandshake();
        if (clients != null) {
            shown.add(tls.getSession().getPeerPrincipal().getName());
        }
        return tls;
    }

    private SSLContext context() throws Exception {
        return clients == null ? certificate.serverContext() : certificate.serverContext(clients);
    }

    private void read(Socket victim) throws IOException {
        if (hasRead("canary")) {
            return;
        }
        InputStream in = victim.getInputStream();
        byte[] buffer = new byte[4096];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            record(buffer, n);
            if (victim instanceof SSLSocket) {
                synchronized (inTls) {
                    inTls.write(buffer, 0, n);
                }
            }
            boolean tns = protocol == Protocol.TLS && buffer[TNS_TYPE] == TNS_CONNECT && buffer[0] == 0;
            boolean waits = tns || buffer[0] == (victim instanceof SSLSocket ? TDS_PRELOGIN : TLS_HANDSHAKE);
            if (waits || hasRead("canary")) {
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
