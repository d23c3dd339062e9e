package io.sallyport.sockets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.core.hold.ApprovalDesk;
import io.sallyport.core.hold.HoldRoom;
import io.sallyport.core.identity.Identity;
import io.sallyport.core.record.Event;
import io.sallyport.core.verdict.StandardGate;
import io.sallyport.weaving.AgentContext;
import io.sallyport.weaving.Coverage;
import io.sallyport.weaving.WeaveInstaller;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.CompletionHandler;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import net.bytebuddy.agent.ByteBuddyAgent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Real connections of a woven JVM. Each test has a server of its own, so that its target is nobody else's. */
@Timeout(60)
class SocketsTest {

    private static final String ME = "io.sallyport.sockets.SocketsTest";
    private static final Queue<Event> EVENTS = new ConcurrentLinkedQueue<>();
    private static ScriptedCoverage coverage;

    private ServerSocket server;
    private InetSocketAddress remote;
    private String target;

    @BeforeAll
    static void weave() {
        WeaveInstaller installer = new WeaveInstaller(ByteBuddyAgent.install());
        coverage = new ScriptedCoverage(installer.coverage());
        StandardGate gate = new StandardGate(
                () -> {
                    throw new IllegalStateException("sockets are observed, not decided");
                },
                () -> Identity.unverified("test"),
                new HoldRoom(ApprovalDesk.NOBODY, Clock.systemUTC()),
                EVENTS::add,
                Clock.systemUTC(),
                () -> UUID.randomUUID().toString());
        installer.install(
                new AgentContext(gate, null, coverage, true), List.of(new SocketsModule(), new DiallerModule()));
    }

    @BeforeEach
    void serve() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        remote = new InetSocketAddress("127.0.0.1", server.getLocalPort());
        target = "127.0.0.1:" + server.getLocalPort();
    }

    @AfterEach
    void stop() throws IOException {
        coverage.woven.clear();
        coverage.broken = false;
        server.close();
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
                .containsExactlyInAnyOrder(
                        "java.net.Socket", "sun.nio.ch.SocketChannelImpl", "sun.nio.ch.AsynchronousSocketChannelImpl");
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
