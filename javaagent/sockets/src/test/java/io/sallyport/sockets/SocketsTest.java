package io.sallyport.sockets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.core.command.Endpoint;
import io.sallyport.core.record.Event;
import io.sallyport.weaving.ClientSockets;
import io.sallyport.weaving.Coverage;
import io.sallyport.weaving.MediatedPlaces;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.CompletionHandler;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Real connections of a woven JVM. Each test has a server of its own, so that its target is nobody else's. */
@Timeout(60)
class SocketsTest {

    private static final String ME = "io.sallyport.sockets.SocketsTest";
    private static final Queue<Event> EVENTS = WovenSockets.EVENTS;
    private static final ScriptedCoverage coverage = WovenSockets.COVERAGE;
    private static final MediatedPlaces places = WovenSockets.PLACES;

    /** Open to the end, so that no two tests have the same port: what is counted is counted by it. */
    private static final List<ServerSocket> SERVERS = new ArrayList<>();

    private ServerSocket server;
    private InetSocketAddress remote;
    private String target;

    /** The test's server is a declared database. */
    private void declare(String host, String rest) {
        WovenSockets.govern("targets: [{name: db, jdbc: 'jdbc:postgresql://" + host + ":" + server.getLocalPort()
                + "/x'}]\n" + rest);
    }

    @BeforeEach
    void serve() throws Exception {
        EVENTS.clear();
        WovenSockets.govern("");
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        SERVERS.add(server);
        remote = new InetSocketAddress("127.0.0.1", server.getLocalPort());
        target = "127.0.0.1:" + server.getLocalPort();
    }

    @AfterEach
    void reset() {
        coverage.woven.clear();
        coverage.flawed.clear();
        coverage.broken = false;
    }

    @AfterAll
    static void stop() throws IOException {
        for (ServerSocket one : SERVERS) {
            one.close();
        }
    }

    private List<Coverage.Entry> seen() {
        return coverage.entries().stream()
                .filter(e -> e.state() == Coverage.State.UNMEDIATED)
                .filter(e -> e.reason().contains(" to " + target + " "))
                .toList();
    }

    private void assertSeen(String opener, String connections) {
        assertThat(seen())
                .containsExactly(new Coverage.Entry(
                        "sockets",
                        opener,
                        Coverage.State.UNMEDIATED,
                        "opened " + connections + " to " + target + " that no module mediates"));
    }

    @Test
    void theWovenClassesAreReported() throws Exception {
        AsynchronousSocketChannel.open().close();
        SocketChannel.open().close();
        assertThat(coverage.entries())
                .filteredOn(e -> e.module().equals("sockets") && e.state() == Coverage.State.WOVEN)
                .extracting(Coverage.Entry::type)
                .contains(
                        "java.net.Socket",
                        "sun.nio.ch.SocketChannelImpl",
                        "sun.nio.ch.AsynchronousSocketChannelImpl",
                        "sun.nio.ch.Net",
                        "sun.nio.ch.SocketDispatcher");
        assertThat(coverage.entries()).noneMatch(e -> e.state() == Coverage.State.REFUSED);
    }

    @Test
    void aConnectedSocketIsListedWithItsOpener() throws Exception {
        try (Socket s = new Socket()) {
            s.connect(remote);
            assertThat(s.isConnected()).isTrue();
        }
        assertSeen(ME, "1 connection");
    }

    @Test
    void aConnectingConstructorIsListedOnce() throws Exception {
        new Socket(remote.getAddress(), remote.getPort()).close();
        assertSeen(ME, "1 connection");
    }

    @Test
    void aBlockingChannelIsListedOnce() throws Exception {
        SocketChannel.open(remote).close();
        assertSeen(ME, "1 connection");
    }

    @Test
    void aNonBlockingChannelIsListedOnce() throws Exception {
        try (SocketChannel c = SocketChannel.open()) {
            c.configureBlocking(false);
            if (!c.connect(remote)) {
                c.configureBlocking(true);
                assertThat(c.finishConnect()).isTrue();
            }
        }
        assertSeen(ME, "1 connection");
    }

    @Test
    void theSocketOfAChannelIsListedOnce() throws Exception {
        try (SocketChannel c = SocketChannel.open()) {
            c.socket().connect(remote, 10_000);
        }
        assertSeen(ME, "1 connection");
    }

    @Test
    void anAsynchronousChannelIsListedInBothForms() throws Exception {
        try (AsynchronousSocketChannel c = AsynchronousSocketChannel.open()) {
            c.connect(remote).get();
        }
        CompletableFuture<Void> done = new CompletableFuture<>();
        try (AsynchronousSocketChannel c = AsynchronousSocketChannel.open()) {
            c.connect(remote, null, new CompletionHandler<Void, Object>() {
                @Override
                public void completed(Void result, Object attachment) {
                    done.complete(null);
                }

                @Override
                public void failed(Throwable failure, Object attachment) {
                    done.completeExceptionally(failure);
                }
            });
            done.get();
        }
        assertSeen(ME, "2 connections");
    }

    @Test
    void connectionsAreCountedByOpenerAndTargetAndReportedAtPowersOfTwo() throws Exception {
        int before = coverage.changes.get();
        for (int i = 0; i < 9; i++) {
            new Socket(remote.getAddress(), remote.getPort()).close();
        }
        assertSeen(ME, "9 connections");
        assertThat(coverage.changes.get() - before).isEqualTo(4);
        new Foreign().accept(remote);
        assertThat(seen())
                .extracting(Coverage.Entry::type)
                .containsExactlyInAnyOrder(ME, ME.replace("SocketsTest", "Foreign"));
    }

    @Test
    void aConnectionThatFailsIsNotListedAndItsExceptionIsUntouched() throws Exception {
        server.close();
        assertThatThrownBy(() -> new Socket(remote.getAddress(), remote.getPort()))
                .isInstanceOf(ConnectException.class);
        assertThatThrownBy(() -> SocketChannel.open(remote)).isInstanceOf(ConnectException.class);
        assertThat(seen()).isEmpty();
    }

    @Test
    void aHostIsNamedAsTheApplicationNamedIt() throws Exception {
        target = "localhost:" + server.getLocalPort();
        new Socket("localhost", server.getLocalPort()).close();
        assertSeen(ME, "1 connection");
    }

    @Test
    void aWovenDriverIsMediated() throws Exception {
        coverage.woven.add(Foreign.class.getName());
        Foreign.driver().accept(remote);
        assertThat(seen()).isEmpty();
    }

    @Test
    void aWovenClientThatWasAskedForAnotherNameDoesNotReachAGovernedAddress() throws Exception {
        coverage.woven.add(Foreign.class.getName());
        WovenSockets.govern("targets: [{name: metadata, http: 'http://127.0.0.1:" + server.getLocalPort() + "/**'}]\n");
        InetAddress alias = InetAddress.getByAddress("harmless.example", new byte[] {127, 0, 0, 1});
        assertThatThrownBy(() -> Foreign.driver().accept(new InetSocketAddress(alias, server.getLocalPort())))
                .hasStackTraceContaining("Refused by Sallyport")
                .hasStackTraceContaining("harmless.example");
        places.requested(new Endpoint("127.0.0.1", server.getLocalPort()));
        Foreign.driver().accept(remote);
        assertThatThrownBy(() -> Foreign.driver().accept(new InetSocketAddress(alias, server.getLocalPort())))
                .hasStackTraceContaining("Refused by Sallyport");
    }

    /** That of the whole process, which its clients do not know of. */
    @Test
    void aWovenClientGoesByWayOfASocksProxyWhoseAddressIsListed() throws Exception {
        coverage.woven.add(Foreign.class.getName());
        WovenSockets.govern("targets: [{name: proxy, http: 'http://127.0.0.1:" + server.getLocalPort() + "/**'}]\n");
        System.setProperty("socksProxyHost", "127.0.0.1");
        System.setProperty("socksProxyPort", String.valueOf(server.getLocalPort()));
        try {
            InetAddress users = InetAddress.getByAddress("users.example", new byte[] {(byte) 198, 51, 100, 7});
            CompletableFuture<Void> hungUp = CompletableFuture.runAsync(this::hangUp);
            assertThatThrownBy(() -> Foreign.driver().accept(new InetSocketAddress(users, 80)))
                    .hasStackTraceContaining("SocksSocketImpl")
                    .hasStackTraceContaining("SOCKS");
            hungUp.get(10, TimeUnit.SECONDS);
            // Straight to it is another matter.
            assertThatThrownBy(() -> new Foreign().accept(remote)).hasMessageContaining("Refused by Sallyport");
        } finally {
            System.clearProperty("socksProxyHost");
            System.clearProperty("socksProxyPort");
        }
    }

    private void hangUp() {
        try {
            server.accept().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A name service of the application's that leaves out the name which it was asked for. */
    @Test
    void anAddressWithoutANameReachesAListedOneOnlyAfterARequestToIt() throws Exception {
        coverage.woven.add(Foreign.class.getName());
        WovenSockets.govern("targets: [{name: metadata, http: 'http://127.0.0.1:" + server.getLocalPort() + "/**'}]\n");
        InetAddress nameless = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        assertThatThrownBy(() -> Foreign.driver().accept(new InetSocketAddress(nameless, server.getLocalPort())))
                .hasStackTraceContaining("Refused by Sallyport");
        places.requested(new Endpoint("127.0.0.1", server.getLocalPort()));
        Foreign.driver().accept(new InetSocketAddress(nameless, server.getLocalPort()));
    }

    /** Then whatever was asked for is decided by the same rules. */
    @Test
    void anAddressWithoutANameThatIsGovernedAsAnyNameIsConnects() throws Exception {
        coverage.woven.add(Foreign.class.getName());
        WovenSockets.govern("targets: [{name: web, http: 'http://*:" + server.getLocalPort() + "/**'}]\n");
        InetAddress nameless = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        Foreign.driver().accept(new InetSocketAddress(nameless, server.getLocalPort()));
    }

    @Test
    void aGovernedAddressOfVersion6IsKnownByEverySpelling() throws Exception {
        coverage.woven.add(Foreign.class.getName());
        WovenSockets.govern("targets: [{name: metadata, http: 'http://[fd00:ec2::254]/**'}]\n");
        InetAddress address = InetAddress.getByName("fd00:ec2:0:0:0:0:0:254");
        InetAddress alias = InetAddress.getByAddress("harmless.example", address.getAddress());
        assertThatThrownBy(() -> Foreign.driver().accept(new InetSocketAddress(alias, 80)))
                .hasStackTraceContaining("Refused by Sallyport");
    }

    @Test
    void anAliasThatADriverWasAdmittedUnderConnects() throws Exception {
        coverage.woven.add(Foreign.class.getName());
        declare("127.0.0.1", "");
        InetAddress alias = InetAddress.getByAddress("alias.example", new byte[] {127, 0, 0, 1});
        List<Endpoint> asked = List.of(new Endpoint("alias.example", server.getLocalPort()));
        places.expect(asked);
        try {
            Foreign.driver().accept(new InetSocketAddress(alias, server.getLocalPort()));
        } finally {
            places.done(asked);
        }
    }

    @Test
    void aHelperOfAWovenDriverIsMediatedWhenBothComeFromOneJar() throws Exception {
        coverage.woven.add(ME);
        new Foreign().accept(remote);
        assertThat(seen()).isEmpty();
    }

    @Test
    void aWovenCallerFromAnotherJarDoesNotVouchForADriver() throws Exception {
        coverage.woven.add(ME);
        Foreign.driver().accept(remote);
        assertSeen(Foreign.class.getName(), "1 connection");
    }

    @Test
    void theJdkHttpClientIsMediatedWhenItsClientIsWoven() throws Exception {
        coverage.woven.add("jdk.internal.net.http.HttpClientImpl");
        httpRequest();
        assertThat(seen()).isEmpty();
    }

    @Test
    void theJdkHttpClientIsListedWhenItIsNotWoven() throws Exception {
        httpRequest();
        assertThat(seen()).hasSize(1);
    }

    private void httpRequest() throws Exception {
        Thread answer = new Thread(() -> {
            try (Socket s = server.accept()) {
                s.getInputStream().read();
                s.getOutputStream()
                        .write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                s.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
            } catch (IOException e) {
                // The client sees it.
            }
        });
        answer.start();
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://" + target + "/")).build();
        assertThat(client.sendAsync(request, BodyHandlers.discarding()).get().statusCode())
                .isEqualTo(200);
    }

    // --- refusing ---------------------------------------------------------------------------------------------------

    private interface Connect {
        void run() throws Exception;
    }

    private void assertRefused(Connect connect) {
        assertThatThrownBy(connect::run)
                .isInstanceOf(SocketException.class)
                .hasMessageStartingWith("Refused by Sallyport")
                .hasMessageContaining("socket:" + ME + "@");
    }

    private List<String> targetEntry() {
        return coverage.entries().stream()
                .filter(e -> e.state() == Coverage.State.TARGET && e.type().equals(target))
                .map(Coverage.Entry::reason)
                .toList();
    }

    @Test
    void everyKindOfConnectionToADeclaredDatabaseIsRefusedUnlessItIsMediated() throws Exception {
        declare("127.0.0.1", "");
        assertRefused(() -> new Socket(remote.getAddress(), remote.getPort()));
        assertRefused(() -> SocketChannel.open(remote));
        try (SocketChannel c = SocketChannel.open()) {
            c.configureBlocking(false);
            assertRefused(() -> c.connect(remote));
        }
        try (SocketChannel c = SocketChannel.open()) {
            assertRefused(() -> c.socket().connect(remote, 1_000));
        }
        assertThat(targetEntry()).containsExactly("0 connections mediated, 4 refused, 0 unmediated");
        assertThat(EVENTS).allMatch(e -> "deny".equals(e.verdict())).hasSize(4);
        server.setSoTimeout(100);
        assertThatThrownBy(server::accept).as("nobody knocked").isInstanceOf(java.net.SocketTimeoutException.class);
    }

    /** One class of it was refused by the weaver, so nobody knows what passes through the others. */
    @Test
    void aClientThatIsWovenInPartConnectsNowhere() throws Exception {
        coverage.woven.add(Foreign.class.getName());
        coverage.flawed.add(Foreign.class.getName());
        assertThatThrownBy(() -> Foreign.driver().accept(remote))
                .hasCauseInstanceOf(SocketException.class)
                .hasStackTraceContaining("Refused by Sallyport")
                .hasStackTraceContaining("com.acme.Client cannot be woven");
        declare("127.0.0.1", "");
        List<Endpoint> expected = List.of(new Endpoint("127.0.0.1", server.getLocalPort()));
        places.expect(expected);
        assertThatThrownBy(() -> Foreign.driver().accept(remote)).hasStackTraceContaining("Refused by Sallyport");
        places.done(expected);
        assertThat(targetEntry()).containsExactly("0 connections mediated, 2 refused, 0 unmediated");
        server.setSoTimeout(100);
        assertThatThrownBy(server::accept).as("nobody knocked").isInstanceOf(java.net.SocketTimeoutException.class);
    }

    @Test
    void theCallerOfAWholeClientMayBeWovenInPart() throws Exception {
        coverage.woven.add(Foreign.class.getName());
        coverage.flawed.add(ME);
        Foreign.driver().accept(remote);
        assertThat(seen()).isEmpty();
    }

    @Test
    void inObserveModeAClientThatIsWovenInPartConnectsAndIsSeen() throws Exception {
        coverage.woven.add(Foreign.class.getName());
        coverage.flawed.add(Foreign.class.getName());
        WovenSockets.govern("mode: observe");
        Foreign.driver().accept(remote);
        assertThat(seen()).extracting(Coverage.Entry::type).containsExactly(Foreign.class.getName());
        assertThat(EVENTS).anyMatch(e -> "deny".equals(e.wouldHave()));
    }

    @Test
    void anAsynchronousConnectIsRefusedThroughItsFutureAndItsHandler() throws Exception {
        declare("127.0.0.1", "");
        try (AsynchronousSocketChannel c = AsynchronousSocketChannel.open()) {
            assertThatThrownBy(() -> c.connect(remote).get())
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isInstanceOf(SocketException.class)
                    .hasMessageStartingWith("Refused by Sallyport");
        }
        CompletableFuture<Throwable> failed = new CompletableFuture<>();
        try (AsynchronousSocketChannel c = AsynchronousSocketChannel.open()) {
            c.connect(remote, null, new CompletionHandler<Void, Object>() {
                @Override
                public void completed(Void result, Object attachment) {
                    failed.complete(null);
                }

                @Override
                public void failed(Throwable failure, Object attachment) {
                    failed.complete(failure);
                }
            });
            assertThat(targetEntry()).containsExactly("0 connections mediated, 2 refused, 0 unmediated");
            assertThat(failed.get()).isInstanceOf(SocketException.class).hasMessageStartingWith("Refused by Sallyport");
        }
    }

    @Test
    void aDeclaredHostIsRefusedByItsLoopbackAddressToo() throws Exception {
        declare("localhost", "");
        assertRefused(() -> new Socket(remote.getAddress(), remote.getPort()));
        assertRefused(() -> new Socket("localhost", remote.getPort()));
        assertRefused(() -> new Socket("0.0.0.0", remote.getPort()));
    }

    @Test
    void aDatabaseThatADriverTalksToIsGovernedWithoutADeclaration() throws Exception {
        places.database(new Endpoint("localhost", server.getLocalPort()));
        assertRefused(() -> new Socket("localhost", server.getLocalPort()));
        assertRefused(() -> new Socket(remote.getAddress(), remote.getPort()));
    }

    @Test
    void anotherPortOfTheSameHostIsNobodysBusiness() throws Exception {
        WovenSockets.govern("targets: [{name: db, jdbc: 'jdbc:postgresql://127.0.0.1/x'}, {name: api, http:"
                + " 'https://127.0.0.1/**'}]");
        new Socket(remote.getAddress(), remote.getPort()).close();
        assertSeen(ME, "1 connection");
    }

    @Test
    void whatThePolicyNamesConnectsAndItsBytesAreCounted() throws Exception {
        for (String allowed : List.of("socket:" + ME, "socket:*@127.0.0.1:" + server.getLocalPort())) {
            declare("127.0.0.1", "connect: {allow: ['" + allowed + "']}");
            try (Socket s = new Socket(remote.getAddress(), remote.getPort());
                    Socket other = server.accept()) {
                s.getOutputStream().write(new byte[1_000]);
                other.getInputStream().readNBytes(1_000);
                other.getOutputStream().write(new byte[500]);
                s.getInputStream().readNBytes(500);
            }
        }
        assertThat(seen())
                .extracting(Coverage.Entry::reason)
                .containsExactly("opened 2 connections to " + target + " that no module mediates, 3000 bytes");
        try (SocketChannel c = SocketChannel.open(remote)) {
            c.write(ByteBuffer.allocate(7));
        }
        assertThat(seen()).extracting(Coverage.Entry::reason).allMatch(r -> r.endsWith(", 3007 bytes"));
        declare("127.0.0.1", "connect: {allow: ['socket:com.example.Other', 'socket:*@127.0.0.2:1']}");
        assertRefused(() -> SocketChannel.open(remote));
    }

    @Test
    void inObserveModeItConnectsAndIsRecorded() throws Exception {
        declare("127.0.0.1", "mode: observe");
        new Socket(remote.getAddress(), remote.getPort()).close();
        assertThat(targetEntry()).containsExactly("0 connections mediated, 0 refused, 1 unmediated");
        assertThat(EVENTS).anyMatch(e -> "deny".equals(e.wouldHave()));
    }

    @Test
    void aMediatedDriverConnectsEvenOnThreadsOfItsOwn() throws Exception {
        declare("127.0.0.1", "");
        coverage.woven.add(Foreign.class.getName());
        List<Endpoint> expected = List.of(new Endpoint("127.0.0.1", server.getLocalPort()));
        places.expect(expected);
        Foreign.driver().accept(remote);
        coverage.woven.clear();
        CompletableFuture.runAsync(() -> new Foreign().accept(remote)).get();
        places.done(expected);
        assertThat(targetEntry()).containsExactly("2 connections mediated, 0 refused, 0 unmediated");
        assertRefused(() -> new Socket(remote.getAddress(), remote.getPort()));
    }

    @Test
    void aSocketThatAClientOpenedConnectsWhereverAndNobodyElsesDoes() throws Exception {
        declare("127.0.0.1", "");
        places.requested(new Endpoint("127.0.0.1", server.getLocalPort()));
        ClientSockets clients = WovenSockets.CONTEXT.sockets();
        clients.begin("a-client");
        try (SocketChannel its = SocketChannel.open()) {
            clients.end();
            SocketChannel later = SocketChannel.open();
            CompletableFuture.runAsync(() -> connect(its)).get();
            assertThatThrownBy(() -> later.connect(remote)).hasMessageContaining("Refused by Sallyport");
        }
        assertRefused(() -> SocketChannel.open(remote));
        assertThat(targetEntry()).containsExactly("1 connection mediated, 2 refused, 0 unmediated");
    }

    @Test
    void aSocketIsTheClientsThatConnectsItAtThatMoment() throws Exception {
        declare("127.0.0.1", "");
        ClientSockets clients = WovenSockets.CONTEXT.sockets();
        Object worker = new Object();
        clients.begin("a-client");
        clients.hand(worker);
        assertRefused(() -> SocketChannel.open(remote));
        try (SocketChannel its = SocketChannel.open();
                SocketChannel others = SocketChannel.open()) {
            clients.resume(new Object());
            assertThatThrownBy(() -> others.connect(remote)).hasMessageContaining("Refused by Sallyport");
            clients.resume(worker);
            its.connect(remote);
            clients.end();
        }
        assertThat(targetEntry()).containsExactly("1 connection mediated, 2 refused, 0 unmediated");
    }

    private void connect(SocketChannel channel) {
        try {
            channel.connect(remote);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void theAgentsOwnChannelsAreFree() throws Exception {
        declare("127.0.0.1", "");
        new Dialler().dial(remote);
        assertThat(targetEntry()).isEmpty();
    }

    @Test
    void datagramsToTheSamePortAreNoConnections() throws Exception {
        declare("127.0.0.1", "");
        try (DatagramChannel c = DatagramChannel.open()) {
            c.connect(remote);
        }
        assertThat(EVENTS).isEmpty();
    }

    @Test
    void aConnectionOfTheAgentItselfIsNotListed() {
        new Dialler().dial(remote);
        assertThat(seen()).isEmpty();
    }

    @Test
    void anInternalFailureDoesNotReachTheApplicationAndAlarmsOnce() throws Exception {
        coverage.broken = true;
        for (int i = 0; i < 3; i++) {
            try (Socket s = new Socket(remote.getAddress(), remote.getPort())) {
                assertThat(s.isConnected()).isTrue();
            }
        }
        coverage.broken = false;
        assertThat(seen()).isEmpty();
        assertThat(EVENTS).hasSize(1).allMatch(e -> e.type() == Event.Type.ALARM);
    }
}
