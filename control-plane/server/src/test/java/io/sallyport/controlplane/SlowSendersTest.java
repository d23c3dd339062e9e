package io.sallyport.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.controlplane.configuration.Configuration;
import io.sallyport.core.hold.Ticket;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocketFactory;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who takes their time with a body takes nobody else's. */
class SlowSendersTest {

    private static final int MORE_THAN_THREADS = 160;
    private static final int LARGE = 1024 * 1024;

    private final StandingClock clock = new StandingClock();
    private final List<RawConnection> senders = new ArrayList<>();
    private final ScheduledExecutorService trickle = Executors.newSingleThreadScheduledExecutor();
    private Running server;

    @BeforeEach
    void start() throws Exception {
        server = Running.on(Store.EMBEDDED, clock, Configuration.NONE);
    }

    @AfterEach
    void stop() throws Exception {
        trickle.shutdownNow();
        closeAll();
        server.close();
    }

    private void closeAll() throws IOException {
        for (RawConnection sender : senders) {
            sender.close();
        }
    }

    private SSLSocketFactory sockets() {
        return RawConnection.sockets(server);
    }

    private RawConnection begin(SSLSocketFactory sockets, int length) throws IOException {
        return begin(sockets, "Content-Length: " + length);
    }

    private RawConnection begin(SSLSocketFactory sockets, String length) throws IOException {
        RawConnection sender = RawConnection.to(server, sockets);
        senders.add(sender);
        sender.send("POST /agent/v1/enroll HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n" + length
                + "\r\nExpect: 100-continue\r\n\r\n");
        return sender;
    }

    /** Waits until the server wants the body. */
    private static RawConnection asked(RawConnection sender) throws IOException {
        assertThat(sender.status()).isEqualTo(100);
        return sender;
    }

    @Test
    void manyOfThemKeepNobodyFromAnApproval() throws Exception {
        TestAgent agent = server.connectedAgent("orders");
        Ticket ticket = agent.submit(
                TestAgent.ticket(UUID.randomUUID().toString(), List.of(), 1, false, Duration.ofMinutes(10)));
        Api approver = server.approver("bob");
        SSLSocketFactory sockets = sockets();
        for (int i = 0; i < MORE_THAN_THREADS; i++) {
            begin(sockets, 1000);
        }
        List<RawConnection> slow = List.copyOf(senders);
        trickle(slow, " ");

        server.anyone().get("/healthz").expect(200);
        assertThat(approver.post("/api/v1/approvals/" + ticket.id() + "/approve", Map.of())
                        .expect(200)
                        .path("state")
                        .asText())
                .isEqualTo("approved");

        RawConnection another = asked(begin(sockets, 1000));
        another.send(" ");
        another.send(" ".repeat(999));
        assertThat(another.status()).as("a body in pieces").isEqualTo(400);
    }

    @Test
    void aHeadHasItsTimeAndNoMoreAndSoHasTheNextOnTheSameConnection() throws Exception {
        SSLSocketFactory sockets = sockets();
        String half = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n";
        RawConnection first = RawConnection.to(server, sockets);
        RawConnection second = RawConnection.to(server, sockets);
        senders.addAll(List.of(first, second));
        second.send(half + "\r\n");
        assertThat(second.answer().status()).isEqualTo(200);
        first.send(half);
        second.send(half);
        // Again and again, so that it is not for silence that they end.
        trickle(List.of(first, second), "x");
        ExecutorService readers = Executors.newFixedThreadPool(2);
        try {
            Future<Boolean> firstEnds = readers.submit(first::ended);
            Future<Boolean> secondEnds = readers.submit(second::ended);
            Awaitility.await("both ends").atMost(Duration.ofMinutes(1)).until(() -> {
                // The time runs from when the head was seen to have begun.
                clock.forward(Duration.ofSeconds(31));
                return firstEnds.isDone() && secondEnds.isDone();
            });
            assertThat(firstEnds.get() && secondEnds.get()).isTrue();
        } finally {
            readers.shutdownNow();
        }
    }

    private void trickle(List<RawConnection> slow, String piece) {
        var unused = trickle.scheduleWithFixedDelay(
                () -> slow.forEach(sender -> sendOne(sender, piece)), 0, 5, TimeUnit.SECONDS);
    }

    private static void sendOne(RawConnection sender, String piece) {
        try {
            sender.send(piece);
        } catch (IOException e) {
            // Closed by the server or at the end of the test.
        }
    }

    @Test
    void aBodyHasItsTimeAndNoMore() throws Exception {
        for (String length : List.of("Content-Length: 1000", "Transfer-Encoding: chunked")) {
            RawConnection slow = asked(begin(sockets(), length));
            clock.forward(Duration.ofSeconds(31));
            // Again and again, so that it is not for silence that it ends.
            trickle(List.of(slow), length.startsWith("Content") ? " " : "1\r\n \r\n");
            assertThat(slow.status()).as(length).isEqualTo(408);
        }
    }

    @Test
    void theyKeepNobodyFromStoppingTheServer() throws Exception {
        RawConnection slow = asked(begin(sockets(), 1000));
        slow.send(" ");
        long before = System.nanoTime();
        server.restart();
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(20));
        assertThat(slow.ended()).isTrue();
    }

    @Test
    void largeBodiesThatDoNotArriveLeaveRoomForSmallOnesAndGiveTheirsBack() throws Exception {
        SSLSocketFactory sockets = sockets();
        for (int i = 0; i < 8; i++) {
            asked(begin(sockets, LARGE)).send(" ".repeat(LARGE - 1));
        }
        untilAnotherIsAnswered(sockets, 429);
        server.admin()
                .post("/api/v1/users", Map.of("name", "small", "roles", List.of("viewer")))
                .expect(201);

        closeAll();
        untilAnotherIsAnswered(sockets, 400);
    }

    /** Larger than what the large ones leave, and not so large that an answer before its end is lost to its sender. */
    private void untilAnotherIsAnswered(SSLSocketFactory sockets, int status) {
        Awaitility.await("status " + status)
                .atMost(Duration.ofMinutes(1))
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> {
                    RawConnection another = asked(begin(sockets, 200 * 1024));
                    another.send(" ".repeat(200 * 1024));
                    return another.status() == status;
                });
    }
}
