package io.sallyport.link.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.link.testing.TestCa;
import io.sallyport.link.trust.ControlPlaneTrust;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** TLS to a relay that shows the same certificate, and resumes sessions, for ever. */
class RelayConnectionsTest {

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
    private final TestCa ca = new TestCa("our CA");
    private SSLServerSocket relay;
    private RelayConnections connections;

    @BeforeEach
    void start() throws Exception {
        relay = listen(ca.relay());
        TestCa.ServerIdentity own = ca.server();
        RelayCredentials credentials =
                new RelayCredentials(own.key(), own.chain()[0], ControlPlaneTrust.ofPin(ca.pin()));
        connections = new RelayConnections(() -> credentials, now::get);
    }

    @AfterEach
    void stop() throws IOException {
        relay.close();
    }

    @Test
    void aResumedSessionWithARelayWhoseCertificateHasEndedMeanwhileIsRefused() throws Exception {
        long session = session();
        assertThat(session()).as("the relay resumes").isEqualTo(session);
        now.updateAndGet(then -> then.plus(Duration.ofDays(2)));

        try (Socket connected = dial()) {
            assertThatThrownBy(() -> connections.layer(connected, "localhost", relay.getLocalPort()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("certificate is outside its validity");
            assertThat(connected.isClosed()).isTrue();
        }
    }

    /** The control plane's own, say, or a server's that somebody else had signed for that host. */
    @Test
    void anotherServersCertificateForTheRelaysHostIsNoRelays() throws Exception {
        try (SSLServerSocket other = listen(ca.server());
                Socket connected = new Socket(InetAddress.getLoopbackAddress(), other.getLocalPort())) {
            assertThatThrownBy(() -> connections.layer(connected, "localhost", other.getLocalPort()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("certificate is not a relay's");
        }
    }

    /** @return when the session of a new connection began */
    private long session() throws IOException {
        try (SSLSocket layered = connections.layer(dial(), "localhost", relay.getLocalPort())) {
            // The ticket for the next connection comes before it.
            assertThat(layered.getInputStream().read()).isEqualTo('x');
            return layered.getSession().getCreationTime();
        }
    }

    private Socket dial() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), relay.getLocalPort());
        socket.setSoTimeout(30_000);
        return socket;
    }

    /** Says one byte to each caller and waits for its end. */
    private static SSLServerSocket listen(TestCa.ServerIdentity identity) throws Exception {
        char[] password = "in-memory".toCharArray();
        KeyStore store = KeyStore.getInstance("JKS");
        store.load(null, null);
        store.setKeyEntry("relay", identity.key(), password, identity.chain());
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, password);
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(keys.getKeyManagers(), null, null);
        SSLServerSocket server = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(() -> serve(server), "relay");
        thread.setDaemon(true);
        thread.start();
        return server;
    }

    private static void serve(SSLServerSocket server) {
        while (!server.isClosed()) {
            try (Socket caller = server.accept()) {
                caller.getOutputStream().write('x');
                assertThat(caller.getInputStream().read()).isEqualTo(-1);
            } catch (IOException refused) {
                // The caller has hung up, or the test has ended.
            }
        }
    }
}
