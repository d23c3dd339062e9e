package io.sallyport.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.controlplane.configuration.Configuration;
import io.sallyport.core.hold.Ticket;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
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
    private final List<Sender> senders = new ArrayList<>();
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
        for (Sender sender : senders) {
            sender.socket.close();
        }
    }

    /** A connection that has sent the head of a request. */
    private record Sender(Socket socket, OutputStream out, BufferedReader in) {

        void send(String piece) throws IOException {
            out.write(piece.getBytes(StandardCharsets.US_ASCII));
        }

        /** The status of what is said next. */
        int status() throws IOException {
            String line = in.readLine();
            while (line != null && !line.startsWith("HTTP/1.1 ")) {
                line = in.readLine();
            }
            assertThat(line).as("an answer").isNotNull();
            return Integer.parseInt(line.substring(9, 12));
        }
    }

    private SSLSocketFactory sockets() {
        return Api.trusting(server.data().resolve("ca.pem")).getSocketFactory();
    }

    private Sender begin(SSLSocketFactory sockets, int length) throws IOException {
        return begin(sockets, "Content-Length: " + length);
    }

    private Sender begin(SSLSocketFactory sockets, String length) throws IOException {
        URI address = URI.create(server.url());
        Socket socket = sockets.createSocket(address.getHost(), address.getPort());
        socket.setSoTimeout(30_000);
        Sender sender = new Sender(
                socket,
                socket.getOutputStream(),
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII)));
        senders.add(sender);
        sender.send("POST /agent/v1/enroll HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n" + length
                + "\r\nExpect: 100-continue\r\n\r\n");
        return sender;
    }

    /** Waits until the server wants the body. */
    private static Sender asked(Sender sender) throws IOException {
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
        List<Sender> slow = List.copyOf(senders);
        var unused =
                trickle.scheduleWithFixedDelay(() -> slow.forEach(SlowSendersTest::sendOne), 0, 5, TimeUnit.SECONDS);

        server.anyone().get("/healthz").expect(200);
        assertThat(approver.post("/api/v1/approvals/" + ticket.id() + "/approve", Map.of())
                        .expect(200)
                        .path("state")
                        .asText())
                .isEqualTo("approved");

        Sender another = asked(begin(sockets, 1000));
        another.send(" ");
        another.send(" ".repeat(999));
        assertThat(another.status()).as("a body in pieces").isEqualTo(400);
    }

    private static void sendOne(Sender sender) {
        try {
            sender.send(" ");
        } catch (IOException e) {
            // Closed by the server or at the end of the test.
        }
    }

    @Test
    void aBodyHasItsTimeAndNoMore() throws Exception {
        for (String length : List.of("Content-Length: 1000", "Transfer-Encoding: chunked")) {
            Sender slow = asked(begin(sockets(), length));
            clock.forward(Duration.ofSeconds(31));
            slow.send(length.startsWith("Content") ? " " : "1\r\n \r\n");
            assertThat(slow.status()).as(length).isEqualTo(408);
        }
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
                    Sender another = asked(begin(sockets, 200 * 1024));
                    another.send(" ".repeat(200 * 1024));
                    return another.status() == status;
                });
    }
}
