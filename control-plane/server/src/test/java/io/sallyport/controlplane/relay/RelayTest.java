package io.sallyport.controlplane.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetric;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.sallyport.testing.IssuedCertificate;
import io.sallyport.testing.TestAuthority;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RelayTest {

    private static final byte[] HELLO = "hello".getBytes(StandardCharsets.UTF_8);

    private static final long MEBIBYTE = 1024 * 1024;

    @TempDir
    Path directory;

    private TestAuthority authority;
    private RelayCertificates certificates;
    private Target target;
    private Relay relay;

    @BeforeEach
    void certificates() throws Exception {
        authority = TestAuthority.create("control plane");
        authority.server("relay").writeTo(file("relay.pem"), file("relay-key.pem"));
        authority.writeTo(file("ca.pem"));
        certificates = new RelayCertificates(file("relay.pem"), file("relay-key.pem"), file("ca.pem"));
    }

    @AfterEach
    void stop() throws IOException {
        if (relay != null) {
            relay.close();
        }
        if (target != null) {
            target.close();
        }
    }

    @Test
    void bytesArriveUnchangedAndInOrderInBothDirections() throws Exception {
        relayTo(Target.echo(), 10);
        byte[] sent = new byte[8 * 1024 * 1024 + 17];
        new Random(7).nextBytes(sent);

        try (SSLSocket caller = connect(authority.client("orders"))) {
            CompletableFuture<byte[]> back = CompletableFuture.supplyAsync(() -> readAll(caller));
            caller.getOutputStream().write(sent);
            caller.shutdownOutput();

            assertThat(Arrays.equals(back.get(30, TimeUnit.SECONDS), sent)).isTrue();
        }
    }

    @Test
    void theEndOfTheCallersDirectionReachesTheTargetWhichCanStillAnswer() throws Exception {
        relayTo(
                new Target(caller -> {
                    byte[] all = caller.getInputStream().readAllBytes();
                    caller.getOutputStream().write(("got " + all.length).getBytes(StandardCharsets.UTF_8));
                }),
                10);

        try (SSLSocket caller = connect(authority.client("orders"))) {
            caller.getOutputStream().write(HELLO);
            caller.shutdownOutput();

            assertThat(new String(readAll(caller), StandardCharsets.UTF_8)).isEqualTo("got 5");
        }
    }

    @Test
    void theEndOfTheTargetsDirectionReachesTheCallerWhichCanStillSend() throws Exception {
        CompletableFuture<byte[]> received = new CompletableFuture<>();
        relayTo(
                new Target(caller -> {
                    caller.shutdownOutput();
                    received.complete(caller.getInputStream().readAllBytes());
                }),
                10);

        try (SSLSocket caller = connect(authority.client("orders"))) {
            assertThat(caller.getInputStream().read()).isEqualTo(-1);
            caller.getOutputStream().write(HELLO);
            caller.shutdownOutput();

            assertThat(received.get(20, TimeUnit.SECONDS)).isEqualTo(HELLO);
        }
    }

    @Test
    void aTargetThatReadsNothingStopsTheCallerBeforeTheRelayHoldsMuch() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        relayTo(
                new Target(caller -> {
                    release.await();
                    caller.getInputStream().transferTo(OutputStream.nullOutputStream());
                }),
                10);
        byte[] chunk = new byte[64 * 1024];

        try (SSLSocket caller = connect(authority.client("orders"))) {
            CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
                try {
                    for (int i = 0; i < 1_024; i++) {
                        caller.getOutputStream().write(chunk);
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            awaitStandstill(relay.metrics().toTarget);

            // Socket buffers of the kernel take some MiB; 64 MiB would have to be in the relay.
            assertThat(relay.metrics().toTarget.sum()).isLessThan(32L * 1024 * 1024);
            release.countDown();
            writer.get(60, TimeUnit.SECONDS);
        }
    }

    @Test
    void aCallerThatReadsNothingStopsTheTargetBeforeTheRelayHoldsMuch() throws Exception {
        relayTo(
                new Target(caller -> {
                    byte[] chunk = new byte[64 * 1024];
                    for (int i = 0; i < 1_024; i++) {
                        caller.getOutputStream().write(chunk);
                    }
                    caller.shutdownOutput();
                }),
                10);

        try (SSLSocket caller = connect(authority.client("orders"))) {
            awaitStandstill(relay.metrics().fromTarget);

            assertThat(relay.metrics().fromTarget.sum()).isLessThan(32L * 1024 * 1024);
            assertThat(caller.getInputStream().transferTo(OutputStream.nullOutputStream()))
                    .isEqualTo(64L * 1024 * 1024);
        }
    }

    /** Until something was carried and then nothing more for half a second. */
    private static void awaitStandstill(LongAdder carried) {
        AtomicLong seen = new AtomicLong(-1);
        await().during(Duration.ofMillis(500)).atMost(Duration.ofSeconds(30)).until(() -> {
            long now = carried.sum();
            return seen.getAndSet(now) == now && now > 0;
        });
    }

    @Test
    void aCallerWithoutCertificateDoesNotMakeTheRelayOpenTheTarget() throws Exception {
        relayTo(Target.echo(), 10);

        assertRefused(null);
    }

    @Test
    void aCallerOfAnotherAuthorityIsRefused() throws Exception {
        relayTo(Target.echo(), 10);

        assertRefused(TestAuthority.create("control plane").client("orders"));
    }

    @Test
    void aCallerWithAnExpiredCertificateIsRefused() throws Exception {
        relayTo(Target.echo(), 10);

        assertRefused(authority.expiredClient("orders"));
    }

    @Test
    void aServersCertificateIsNotTakenForAClients() throws Exception {
        relayTo(Target.echo(), 10);

        assertRefused(authority.server("relay"));
    }

    @Test
    void aCallerInPlainTextIsRefused() throws Exception {
        relayTo(Target.echo(), 10);

        try (Socket caller = new Socket("127.0.0.1", relay.port())) {
            caller.setSoTimeout(20_000);
            caller.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(readAllOrReset(caller), StandardCharsets.ISO_8859_1))
                    .doesNotContain("GET");
        }
        await().until(() -> relay.metrics().notAdmitted() == 1);
        assertThat(target.accepted()).isZero();
    }

    @Test
    void aConnectionBeyondTheLimitIsClosedAndPlaceIsMadeByOneThatEnds() throws Exception {
        relayTo(Target.echo(), 1);

        try (SSLSocket first = connect(authority.client("orders"))) {
            echo(first);
            try (SSLSocket second = connect(authority.client("orders"))) {
                assertThat(readAllOrReset(second)).isEmpty();
            }
        }
        await().until(() -> relay.metrics().open() == 0);
        try (SSLSocket next = connect(authority.client("orders"))) {
            echo(next);
        }
        assertThat(relay.metrics().text())
                .contains("sallyport_relay_connections_refused_total{reason=\"over_limit\"} 1");
    }

    @Test
    void aTargetThatIsAwayEndsTheCallersConnection() throws Exception {
        relayTo(Target.echo(), 10);
        target.close();

        try (SSLSocket caller = connect(authority.client("orders"))) {
            assertThat(readAllOrReset(caller)).isEmpty();
        }
        await().until(() -> relay.metrics().open() == 0);
    }

    @Test
    void aNewCertificateIsShownToNewCallersAndOpenConnectionsGoOn() throws Exception {
        relayTo(Target.echo(), 10);

        try (SSLSocket before = connect(authority.client("orders"))) {
            echo(before);
            IssuedCertificate renewed = authority.server("relay");
            renewed.writeTo(file("relay.pem"), file("relay-key.pem"));
            touch("relay.pem");
            certificates.refresh();

            try (SSLSocket after = connect(authority.client("orders"))) {
                X509Certificate shown = (X509Certificate) after.getSession().getPeerCertificates()[0];
                assertThat(shown.getSerialNumber())
                        .isEqualTo(renewed.certificate().getSerialNumber());
            }
            echo(before);
        }
    }

    /** Half of what the caller sends crosses before its relay's certificate is another, half after it. */
    @Test
    void aTransferThatIsUnderWayOutlivesSeveralRotations() throws Exception {
        relayTo(Target.echo(), 10);
        byte[] sent = new byte[8 * 1024 * 1024];
        new Random(7).nextBytes(sent);
        int piece = sent.length / 8;

        try (SSLSocket caller = connect(authority.client("orders"))) {
            Object session = caller.getSession().getPeerCertificates()[0];
            CompletableFuture<byte[]> back = CompletableFuture.supplyAsync(() -> readAll(caller));
            for (int at = 0; at < sent.length; at += piece) {
                caller.getOutputStream().write(sent, at, piece);
                rotate();
            }
            caller.shutdownOutput();

            assertThat(Arrays.equals(back.get(30, TimeUnit.SECONDS), sent)).isTrue();
            try (SSLSocket after = connect(authority.client("orders"))) {
                assertThat(after.getSession().getPeerCertificates()[0]).isNotEqualTo(session);
            }
        }
    }

    private void rotate() throws IOException {
        authority.server("relay").writeTo(file("relay.pem"), file("relay-key.pem"));
        touch("relay.pem");
        certificates.refresh();
    }

    @Test
    void filesThatAreHalfRotatedLeaveTheOldCertificateInForce() throws Exception {
        relayTo(Target.echo(), 10);
        Files.writeString(file("relay.pem"), "-----BEGIN CERTIFICATE-----\n");
        touch("relay.pem");

        certificates.refresh();

        try (SSLSocket caller = connect(authority.client("orders"))) {
            echo(caller);
        }
    }

    @Test
    void aStopTakesNoNewCallersAndLetsOpenConnectionsFinish() throws Exception {
        relayTo(Target.echo(), 10);

        try (SSLSocket open = connect(authority.client("orders"))) {
            echo(open);
            CompletableFuture<Void> stopped = CompletableFuture.runAsync(() -> relay.drain(Duration.ofSeconds(30)));
            await().until(() -> !accepts());

            echo(open);
            assertThat(stopped).isNotDone();
            open.close();
            stopped.get(20, TimeUnit.SECONDS);
        }
    }

    private boolean accepts() {
        try (Socket probe = new Socket("127.0.0.1", relay.port())) {
            return true;
        } catch (IOException refused) {
            return false;
        }
    }

    /** Of buffers, which is all that a connection holds besides its handlers. */
    @Test
    void memoryStaysFlatWithAThousandConnections() throws Exception {
        relayTo(Target.echo(), 1_000);
        SSLSocketFactory factory =
                authority.clientContext(authority.client("orders")).getSocketFactory();
        List<SSLSocket> callers = new ArrayList<>();
        try {
            for (int i = 0; i < 1_000; i++) {
                SSLSocket caller = (SSLSocket) factory.createSocket("127.0.0.1", relay.port());
                caller.setSoTimeout(30_000);
                callers.add(caller);
                echo(caller);
            }
            long once = buffers();
            for (int round = 0; round < 3; round++) {
                for (SSLSocket caller : callers) {
                    echo(caller);
                }
            }

            assertThat(relay.metrics().open()).isEqualTo(1_000);
            // A buffer kept for each message would be 48 MB more; what the pool takes for another thread is less than
            // one chunk.
            assertThat(buffers()).isLessThan(once + 8 * MEBIBYTE);
            assertThat(once).isLessThan(64 * MEBIBYTE);
        } finally {
            for (SSLSocket caller : callers) {
                caller.close();
            }
        }
    }

    /** Bytes that Netty has taken for buffers, heap and other. */
    private static long buffers() {
        ByteBufAllocatorMetric metric = ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT).metric();
        return metric.usedDirectMemory() + metric.usedHeapMemory();
    }

    private void assertRefused(IssuedCertificate own) throws Exception {
        // In TLS 1.3 the client is done before the server has seen its certificate: the refusal is an alert on the
        // first read.
        assertThatThrownBy(() -> {
                    try (SSLSocket caller = connect(own)) {
                        caller.getOutputStream().write(HELLO);
                        if (caller.getInputStream().read() < 0) {
                            throw new IOException("closed");
                        }
                    }
                })
                .isInstanceOf(IOException.class);
        await().until(() -> relay.metrics().notAdmitted() == 1);
        assertThat(target.accepted()).isZero();
    }

    private void relayTo(Target behind, int maxConnections) {
        target = behind;
        relay = new Relay(new RelaySettings(new HostPort("127.0.0.1", 0), behind.at(), maxConnections), certificates);
    }

    private SSLSocket connect(IssuedCertificate own) throws Exception {
        SSLSocket socket =
                (SSLSocket) authority.clientContext(own).getSocketFactory().createSocket("127.0.0.1", relay.port());
        socket.setSoTimeout(30_000);
        socket.startHandshake();
        return socket;
    }

    private static void echo(SSLSocket socket) throws IOException {
        socket.getOutputStream().write(HELLO);
        byte[] back = new byte[HELLO.length];
        new DataInputStream(socket.getInputStream()).readFully(back);
        assertThat(back).isEqualTo(HELLO);
    }

    private static byte[] readAll(Socket socket) {
        try {
            return socket.getInputStream().readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] readAllOrReset(Socket socket) {
        try (InputStream in = socket.getInputStream()) {
            return in.readAllBytes();
        } catch (IOException reset) {
            return new byte[0];
        }
    }

    private void touch(String name) throws IOException {
        Files.setLastModifiedTime(file(name), FileTime.from(Instant.now().plusSeconds(5)));
    }

    private Path file(String name) {
        return directory.resolve(name);
    }
}
