package io.sallyport.sockets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.core.command.Endpoint;
import io.sallyport.core.verdict.TlsFacts;
import io.sallyport.testing.RecordingProxy;
import io.sallyport.testing.TestAuthority;
import io.sallyport.weaving.tls.RelayTls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Connections of a woven JVM to a place that a relay stands before. Nothing listens at the place itself. */
@Timeout(60)
class RelaysTest {

    private static final String ME = "io.sallyport.sockets.RelaysTest";
    private static final String CANARY = "canary-4111";

    /** Port 1 of an address that is only documentation's (RFC 5737): whoever gets an answer was led elsewhere. */
    private static final String PLACE = "legacy.internal";

    private final TestAuthority authority = TestAuthority.create("control plane");
    private ScriptedRelay relay;
    private RecordingProxy wire;

    @BeforeEach
    void start() throws Exception {
        relay = new ScriptedRelay(authority.server("localhost"));
        wire = RecordingProxy.to(relay.port());
        SSLContext context = authority.clientContext(null);
        WovenSockets.relayTls = (connected, to) -> {
            SSLSocket socket =
                    (SSLSocket) context.getSocketFactory().createSocket(connected, to.host(), to.port(), true);
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            return socket;
        };
        WovenSockets.COVERAGE.woven.add(ME);
        behindRelay("localhost", "");
    }

    @AfterEach
    void stop() throws IOException {
        WovenSockets.relayTls = RelayTls.NONE;
        WovenSockets.COVERAGE.woven.clear();
        WovenSockets.govern("");
        wire.close();
        relay.close();
    }

    private void behindRelay(String host, String more) {
        WovenSockets.govern("targets: [{name: db, jdbc: 'jdbc:postgresql://" + PLACE + ":5432/x'}]\n"
                + "tls: [{target: db, level: verify-full, relay: '" + host + ":" + wire.port() + "'}]\n" + more);
    }

    private static InetSocketAddress place() {
        return InetSocketAddress.createUnresolved(PLACE, 5432);
    }

    private static String echo(Socket socket) throws IOException {
        socket.getOutputStream().write(CANARY.getBytes(StandardCharsets.UTF_8));
        return new String(socket.getInputStream().readNBytes(CANARY.length()), StandardCharsets.UTF_8);
    }

    @Test
    void aSocketThatIsConnectedToThePlaceSpeaksTlsToTheRelay() throws Exception {
        try (Socket socket = new Socket()) {
            socket.connect(place(), 10_000);

            assertThat(echo(socket)).isEqualTo(CANARY);
            assertThat(relay.received()).isEqualTo(CANARY);
            assertThat(wire.hasCarried(CANARY)).isFalse();
        }
    }

    @Test
    void theFactsOfSuchASocketNameTheRelay() throws Exception {
        try (Socket socket = new Socket()) {
            socket.connect(place());

            TlsFacts facts = WovenSockets.CONTEXT.tlsSessions().inspect(socket, PLACE, List.of());
            assertThat(facts.encrypted()).isTrue();
            assertThat(facts.protocol()).isEqualTo("TLSv1.3");
            assertThat(facts.chainTrusted()).isTrue();
            assertThat(facts.relay()).isEqualTo("localhost:" + wire.port());
            assertThat(facts.describe()).endsWith(" via relay localhost:" + wire.port());
        }
    }

    @Test
    void closingTellsTheRelay() throws Exception {
        Socket socket = new Socket();
        socket.connect(place());
        echo(socket);
        socket.close();

        assertThat(relay.awaitOrderlyEnd()).isEqualTo(1);
        assertThat(socket.isClosed()).isTrue();
    }

    @Test
    void aResolvedAddressIsThePlaceByItsNameAndFromThenOnByItsNumber() throws Exception {
        byte[] number = {(byte) 192, 0, 2, 1};
        try (Socket socket = new Socket(InetAddress.getByAddress(PLACE, number), 5432)) {
            assertThat(echo(socket)).isEqualTo(CANARY);
        }
        try (Socket socket = new Socket(InetAddress.getByAddress(number), 5432)) {
            assertThat(echo(socket)).isEqualTo(CANARY);
        }
    }

    @Test
    void anotherSpellingIsThePlace() throws Exception {
        try (Socket socket = new Socket()) {
            socket.connect(InetSocketAddress.createUnresolved("LEGACY.internal.", 5432), 10_000);
            assertThat(echo(socket)).isEqualTo(CANARY);
        }
    }

    /** A driver is configured by what its URL says, so both must mean the same. */
    @Test
    void whereTheRelayStandsIsToldByTheAddressAsSoonAsAConnectionByNameHasShownIt() throws Exception {
        Endpoint number = new Endpoint("192.0.2.7", 5432);
        assertThat(WovenSockets.CONTEXT.relayPlaces().before(number)).isNull();
        new Socket(InetAddress.getByAddress(PLACE, new byte[] {(byte) 192, 0, 2, 7}), 5432).close();

        assertThat(WovenSockets.CONTEXT.relayPlaces().before(number)).isEqualTo(new Endpoint("localhost", wire.port()));
    }

    @Test
    void theLoopbackIsOnePlaceUnderAllItsNames() {
        WovenSockets.govern("targets: [{name: db, jdbc: 'jdbc:postgresql://localhost:5432/x'}]\n"
                + "tls: [{target: db, level: verify-full, relay: 'localhost:" + wire.port() + "'}]\n");
        for (String host : List.of("localhost", "127.0.0.1", "127.1", "::1", "0.0.0.0", "::")) {
            assertThat(WovenSockets.CONTEXT.relayPlaces().before(new Endpoint(host, 5432)))
                    .as(host)
                    .isNotNull();
        }
        assertThat(WovenSockets.CONTEXT.relayPlaces().before(new Endpoint("127.0.0.1", 5433)))
                .isNull();
    }

    @Test
    void aReadTimeoutStillCounts() throws Exception {
        try (Socket socket = new Socket()) {
            socket.connect(place());
            socket.setSoTimeout(1);

            assertThatThrownBy(() -> socket.getInputStream().read())
                    .isInstanceOf(java.net.SocketTimeoutException.class);
            socket.setSoTimeout(0);
            assertThat(echo(socket)).isEqualTo(CANARY);
        }
    }

    @Test
    void aChannelIsRefusedBeforeItConnects() throws Exception {
        InetSocketAddress resolved =
                new InetSocketAddress(InetAddress.getByAddress(PLACE, new byte[] {(byte) 192, 0, 2, 1}), 5432);
        try (SocketChannel channel = SocketChannel.open()) {
            assertThatThrownBy(() -> channel.connect(resolved))
                    .isInstanceOf(SocketException.class)
                    .hasMessageContaining("no TLS can be layered")
                    .hasMessageContaining("localhost:" + wire.port());
        }
        try (AsynchronousSocketChannel channel = AsynchronousSocketChannel.open()) {
            assertThatThrownBy(() -> channel.connect(resolved).get())
                    .isInstanceOf(ExecutionException.class)
                    .hasMessageContaining("no TLS can be layered");
        }
        assertThat(wire.connections()).isZero();
    }

    /** TLS lies on the opener's own socket: there is no port on this machine that another process could use. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void nothingListensForIt() throws Exception {
        Set<String> before = listening();
        try (Socket socket = new Socket()) {
            socket.connect(place());
            echo(socket);

            assertThat(listening()).isEqualTo(before).isNotEmpty();
        }
    }

    /** Inodes of this process's sockets in state LISTEN (proc(5), /proc/net/tcp: column 4 is 0A, column 10 the inode). */
    private static Set<String> listening() throws IOException {
        Set<String> own = new HashSet<>();
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path descriptor : descriptors) {
                try {
                    String opened = Files.readSymbolicLink(descriptor).toString();
                    own.add(opened.replaceFirst("^socket:\\[(\\d+)]$", "$1"));
                } catch (NoSuchFileException closed) {
                    // The descriptor of the listing itself, or another one that is gone.
                }
            }
        }
        Set<String> listening = new TreeSet<>();
        for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            for (String line : Files.readAllLines(Path.of(table))) {
                String[] columns = line.strip().split("\\s+");
                if (columns.length > 9 && columns[3].equals("0A") && own.contains(columns[9])) {
                    listening.add(columns[9]);
                }
            }
        }
        return listening;
    }

    @Test
    void aSocketWithTlsOfItsOwnIsRefused() throws Exception {
        try (Socket socket = SSLSocketFactory.getDefault().createSocket()) {
            assertThatThrownBy(() -> socket.connect(place()))
                    .isInstanceOf(SocketException.class)
                    .hasMessageContaining("connect without TLS");
        }
        assertThat(wire.connections()).isZero();
    }

    @Test
    void whoeverIsNotMediatedIsRefusedBehindARelayToo() throws Exception {
        WovenSockets.COVERAGE.woven.clear();
        try (Socket socket = new Socket()) {
            assertThatThrownBy(() -> socket.connect(place()))
                    .isInstanceOf(SocketException.class)
                    .hasMessageContaining("passes no driver or client");
        }
        assertThat(wire.connections()).isZero();
    }

    @Test
    void aRelayUnderAnotherNameGetsNothing() throws Exception {
        behindRelay("127.0.0.1", "");
        try (Socket socket = new Socket()) {
            assertThatThrownBy(() -> socket.connect(place())).isInstanceOf(IOException.class);
            assertThat(socket.isClosed()).isTrue();
        }
        assertThat(relay.received()).isEmpty();
    }

    @Test
    void aRelayThatIsAwayIsNamedAndNeverGoneAround() throws Exception {
        wire.close();
        try (Socket socket = new Socket()) {
            assertThatThrownBy(() -> socket.connect(place()))
                    .isInstanceOf(java.net.ConnectException.class)
                    .hasMessageContaining("the relay localhost:" + wire.port() + " before " + PLACE);
        }
    }

    @Test
    void aPolicyThatObservesLeadsNobodyAnywhere() throws Exception {
        behindRelay("localhost", "mode: observe\n");
        try (Socket socket = new Socket()) {
            assertThatThrownBy(() -> socket.connect(place())).isInstanceOf(java.net.UnknownHostException.class);
        }
        assertThat(wire.connections()).isZero();
    }

    @Test
    void connectionsToOtherPlacesStayAsTheyAre() throws Exception {
        try (Socket socket = new Socket("localhost", wire.port())) {
            assertThat(WovenSockets.CONTEXT
                            .tlsSessions()
                            .inspect(socket, "localhost", List.of())
                            .encrypted())
                    .isFalse();
        }
    }
}
