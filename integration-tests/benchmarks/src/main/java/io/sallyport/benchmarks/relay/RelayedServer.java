package io.sallyport.benchmarks.relay;

import io.sallyport.testing.IssuedCertificate;
import io.sallyport.testing.RelayProcess;
import io.sallyport.testing.TestAuthority;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.List;

/** A server that answers a number with so many bytes, over TLS on one port, in plain text on another, and a relay before the latter. */
public final class RelayedServer implements AutoCloseable {

    private static final String PASSWORD = "benchmark";
    private static final byte[] ANSWER = new byte[RelayBenchmark.BULK];

    private final Path directory;
    private final ServerSocket tls;
    private final ServerSocket plain;
    private final RelayProcess relay;

    private RelayedServer(Path directory, ServerSocket tls, ServerSocket plain, RelayProcess relay) {
        this.directory = directory;
        this.tls = tls;
        this.plain = plain;
        this.relay = relay;
    }

    public static RelayedServer start(Path directory) throws IOException {
        Files.createDirectories(directory);
        TestAuthority authority = TestAuthority.create("benchmark");
        IssuedCertificate own = authority.server("localhost", "127.0.0.1");
        Path certificate = directory.resolve("relay.pem");
        Path key = directory.resolve("relay-key.pem");
        own.writeTo(certificate, key);
        Path ca = authority.writeTo(directory.resolve("ca.pem"));
        try {
            store(directory.resolve("client.p12"), authority, authority.client("benchmark"));
            ServerSocket tls = own.serverContext()
                    .getServerSocketFactory()
                    .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
            ServerSocket plain = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            serve(tls);
            serve(plain);
            return new RelayedServer(
                    directory, tls, plain, RelayProcess.start(certificate, key, ca, plain.getLocalPort()));
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** Options of a JVM that connects, by the relay or to the server itself. */
    public List<String> jvm(boolean relayed) {
        String store = directory.resolve("client.p12").toString();
        return List.of(
                "-Dbenchmark.peer=" + (relayed ? relay.port() : tls.getLocalPort()),
                "-Djavax.net.ssl.keyStore=" + store,
                "-Djavax.net.ssl.keyStorePassword=" + PASSWORD,
                "-Djavax.net.ssl.trustStore=" + store,
                "-Djavax.net.ssl.trustStorePassword=" + PASSWORD);
    }

    private static void store(Path file, TestAuthority authority, IssuedCertificate client)
            throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(
                "client", client.key(), PASSWORD.toCharArray(), client.chain().toArray(Certificate[]::new));
        store.setCertificateEntry("authority", authority.certificate());
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, PASSWORD.toCharArray());
        }
    }

    private static void serve(ServerSocket listener) {
        daemon(() -> {
            while (true) {
                Socket caller = listener.accept();
                caller.setTcpNoDelay(true);
                daemon(() -> answer(caller));
            }
        });
    }

    private static void answer(Socket caller) throws IOException {
        try (caller) {
            DataInputStream in = new DataInputStream(caller.getInputStream());
            OutputStream out = caller.getOutputStream();
            while (true) {
                out.write(ANSWER, 0, in.readInt());
            }
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void daemon(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException over) {
                        // One side has closed.
                    }
                },
                "relayed-server");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        tls.close();
        plain.close();
        try {
            relay.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
