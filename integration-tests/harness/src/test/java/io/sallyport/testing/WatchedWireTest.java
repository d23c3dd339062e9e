package io.sallyport.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A proof is only worth what it would notice: the recorder against connections that are not encrypted, or not all of the way. */
@Timeout(20)
class WatchedWireTest {

    private static final String SECRET = "it is a secret";
    private static final byte[] SSL_REQUEST =
            ByteBuffer.allocate(8).putInt(8).putInt(80_877_103).array();

    private final TestAuthority authority = TestAuthority.create("corporate");
    private ServerSocket server;

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    /** A server that sends back what it gets, with TLS from the first byte or after {@code before} bytes, or without any. */
    private interface Serve {
        Socket layered(Socket caller) throws Exception;
    }

    private WatchedWire wire(TlsBegins begins, Serve how) throws Exception {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(() -> {
            while (!server.isClosed()) {
                try (Socket caller = how.layered(server.accept())) {
                    caller.getInputStream().transferTo(caller.getOutputStream());
                } catch (Exception over) {
                    // The next caller.
                }
            }
        });
        thread.setDaemon(true);
        thread.start();
        return WatchedWire.to(server.getLocalPort(), begins);
    }

    private Socket secure(Socket caller) throws Exception {
        SSLSocket tls = (SSLSocket) authority
                .server("localhost")
                .serverContext()
                .getSocketFactory()
                .createSocket(caller, null, caller.getPort(), true);
        tls.setUseClientMode(false);
        return tls;
    }

    private Socket overTls(Socket connected) throws Exception {
        return authority.clientContext(null).getSocketFactory().createSocket(connected, "localhost", 1, true);
    }

    private static void talk(Socket socket) throws IOException {
        byte[] secret = SECRET.getBytes(StandardCharsets.UTF_8);
        socket.getOutputStream().write(secret);
        assertThat(socket.getInputStream().readNBytes(secret.length)).isEqualTo(secret);
    }

    private static Socket open(WatchedWire wire) throws IOException {
        return new Socket("localhost", wire.port());
    }

    @Test
    void encryptedConnectionsPass() throws Exception {
        try (WatchedWire wire = wire(TlsBegins.AT_ONCE, this::secure)) {
            for (int i = 0; i < 3; i++) {
                try (Socket socket = overTls(open(wire))) {
                    talk(socket);
                }
            }
            assertThat(wire.connections()).isEqualTo(3);
            assertThat(wire.readable()).isEmpty();
        }
    }

    @Test
    void oneThatIsPlainAmongThemFails() throws Exception {
        WatchedWire wire = wire(TlsBegins.AT_ONCE, caller -> caller);
        try (Socket socket = open(wire)) {
            talk(socket);
        }

        assertThatThrownBy(wire::close).isInstanceOf(AssertionError.class).hasMessageContaining(SECRET);
    }

    @Test
    void postgresqlsQuestionForTlsPassesAndANameInPlainTextFails() throws Exception {
        Serve starttls = caller -> {
            caller.getInputStream().readNBytes(8);
            caller.getOutputStream().write('S');
            return secure(caller);
        };
        WatchedWire wire = wire(TlsBegins.BY_POSTGRESQL, starttls);
        try (Socket socket = open(wire)) {
            socket.getOutputStream().write(SSL_REQUEST);
            socket.getInputStream().read();
            talk(overTls(socket));
        }
        assertThat(wire.readable()).isEmpty();
        try (Socket socket = open(wire)) {
            socket.getOutputStream().write("....\0\3\0\0user\0app\0\0".getBytes(StandardCharsets.US_ASCII));
            socket.getInputStream().read();
        }

        assertThatThrownBy(wire::close).isInstanceOf(AssertionError.class).hasMessageContaining("user\0app");
    }

    @Test
    void aCancelPassesAndWhatFollowsItFails() throws Exception {
        WatchedWire wire = wire(TlsBegins.BY_POSTGRESQL, caller -> {
            caller.getInputStream().readNBytes(16);
            return caller;
        });
        byte[] cancel = ByteBuffer.allocate(16).putInt(16).putInt(80_877_102).array();
        try (Socket socket = open(wire)) {
            socket.getOutputStream().write(cancel);
            socket.getOutputStream().write(("........" + SECRET).getBytes(StandardCharsets.US_ASCII));
            socket.getInputStream().read();
        }

        assertThat(wire.readable()).isNotEmpty().allMatch(complaint -> complaint.contains(SECRET));
        assertThatThrownBy(wire::close).isInstanceOf(AssertionError.class);
    }

    @Test
    void whoAsksForTlsAndThenGoesOnWithoutFails() throws Exception {
        WatchedWire wire = wire(TlsBegins.BY_POSTGRESQL, caller -> {
            caller.getInputStream().readNBytes(8);
            caller.getOutputStream().write('S');
            return caller;
        });
        try (Socket socket = open(wire)) {
            socket.getOutputStream().write(SSL_REQUEST);
            socket.getInputStream().read();
            talk(socket);
        }

        assertThatThrownBy(wire::close).isInstanceOf(AssertionError.class).hasMessageContaining(SECRET);
    }

    @Test
    void mysqlsGreetingPassesAndALoginInPlainTextFails() throws Exception {
        WatchedWire wire = wire(TlsBegins.BY_MYSQL, caller -> {
            caller.getOutputStream().write(new byte[] {3, 0, 0, 0, 10, '8', 0});
            return caller;
        });
        try (Socket socket = open(wire)) {
            assertThat(socket.getInputStream().readNBytes(7)).hasSize(7);
            assertThat(wire.readable()).isEmpty();
            String login = "\50\0\0\1....................................app\0";
            socket.getOutputStream().write(login.getBytes(StandardCharsets.US_ASCII));
            socket.getInputStream().read();
        }

        assertThatThrownBy(wire::close).isInstanceOf(AssertionError.class).hasMessageContaining("app");
    }

    @Test
    void mysqlsWordThatAHandshakeFailedPassesBehindRecordsAndAnyOtherPacketFails() throws Exception {
        AtomicInteger code = new AtomicInteger(1043);
        WatchedWire wire = wire(TlsBegins.BY_MYSQL, caller -> {
            caller.getOutputStream().write(new byte[] {22, 3, 3, 0, 1, 0});
            caller.getOutputStream().write(new byte[] {3, 0, 0, 1, -1, (byte) code.get(), (byte) (code.get() >> 8)});
            caller.shutdownOutput();
            return caller;
        });
        try (Socket socket = open(wire)) {
            socket.getInputStream().readAllBytes();
        }
        assertThat(wire.readable()).isEmpty();
        code.set(1045);
        try (Socket socket = open(wire)) {
            socket.getInputStream().readAllBytes();
        }

        assertThatThrownBy(wire::close).isInstanceOf(AssertionError.class).hasMessageContaining("no TLS");
    }

    /** A record of TLS that encrypts nothing is no better than none. */
    @Test
    void aCanaryThatIsSplitOverTwoPacketsIsFoundInsideRecordsToo() throws Exception {
        WatchedWire wire = wire(TlsBegins.AT_ONCE, caller -> caller);
        try (Socket socket = open(wire)) {
            socket.getOutputStream().write(new byte[] {23, 3, 3, 0, 15});
            for (String half : new String[] {"password-", "canary"}) {
                socket.getOutputStream().write(half.getBytes(StandardCharsets.US_ASCII));
                socket.getInputStream().readNBytes(half.length());
            }
        }

        assertThatThrownBy(wire::close)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("the canary 'password-canary'");
    }
}
