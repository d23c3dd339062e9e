package io.sallyport.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLSocketFactory;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.slf4j.LoggerFactory;

/** What a body does to whatever follows on its connection, taken or not. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BodiesOnOneConnectionTest {

    private static final int MIB = 1024 * 1024;
    private static final String HEALTH = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n";

    private Running server;
    private SSLSocketFactory sockets;

    @BeforeAll
    void start() throws Exception {
        server = Running.on(Store.EMBEDDED);
        sockets = RawConnection.sockets(server);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private static String post(String... headers) {
        return "POST /agent/v1/enroll HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + String.join("\r\n", headers) + "\r\n\r\n";
    }

    private static String length(int bytes) {
        return "Content-Length: " + bytes;
    }

    private RawConnection connect() throws IOException {
        return RawConnection.to(server, sockets);
    }

    @Test
    void aRequestRightBehindABodyIsAnsweredAfterIt() throws Exception {
        try (RawConnection connection = connect()) {
            connection.send(post(length(3)) + "{x}" + HEALTH + post(length(0)) + HEALTH);
            assertThat(List.of(
                            connection.answer().status(),
                            connection.answer().status(),
                            connection.answer().status(),
                            connection.answer().status()))
                    .containsExactly(400, 200, 400, 200);
        }
    }

    @Test
    void whatIsTooLargeIsAnsweredAndNothingOfItIsTakenForARequest() throws Exception {
        try (RawConnection connection = connect()) {
            connection.send(post(length(2 * MIB), "Expect: 100-continue"));
            assertThat(connection.answer().status()).isEqualTo(100);
            connection.send(HEALTH.repeat(2 * MIB / HEALTH.length() + 1).substring(0, 2 * MIB) + HEALTH);
            RawConnection.Answer refusal = connection.answer();
            assertThat(refusal.status()).isEqualTo(413);
            assertThat(refusal.body()).contains("too large");
            assertThat(connection.answer().body()).contains("\"status\"");
        }
    }

    @Test
    void aClientThatAsksBeforeItSendsIsToldToo() throws Exception {
        Api anyone = server.anyone();
        HttpRequest large = anyone.request("/agent/v1/enroll")
                .expectContinue(true)
                .timeout(Duration.ofSeconds(60))
                .POST(HttpRequest.BodyPublishers.ofString(" ".repeat(2 * MIB)))
                .build();
        assertThat(anyone.client()
                        .send(large, HttpResponse.BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(413);
    }

    @Test
    void chunksBeyondTheLimitAreRefused() throws Exception {
        try (RawConnection connection = connect()) {
            String chunk = Integer.toHexString(MIB / 2) + "\r\n" + " ".repeat(MIB / 2) + "\r\n";
            connection.send(post("Transfer-Encoding: chunked") + chunk.repeat(3) + "0\r\n\r\n" + HEALTH);
            assertThat(connection.answer().status()).isEqualTo(413);
            assertThat(connection.answer().status()).isEqualTo(200);
        }
    }

    @Test
    void aConnectionEndsWithARefusalThatComesBeforeTheEndOfTheBody() throws Exception {
        try (RawConnection connection = connect()) {
            connection.send(post(length(100 * MIB)) + " ".repeat(4 * MIB + 1));
            RawConnection.Answer refusal = connection.answer();
            assertThat(refusal.status()).isEqualTo(413);
            assertThat(refusal.headers()).containsEntry("connection", "close");
            assertThat(connection.ended()).isTrue();
        }
    }

    @Test
    void aBodyThatIsNoChunksIsRefusedAndEndsTheConnection() throws Exception {
        try (RawConnection connection = connect()) {
            connection.send(post("Transfer-Encoding: chunked") + "no number\r\n" + HEALTH);
            assertThat(connection.status()).isEqualTo(400);
            assertThat(connection.ended()).isTrue();
        }
    }

    @Test
    void aHeadThatIsTooLargeIsRefusedAndIsNoFault() throws Exception {
        assertThat(warningsOf(() -> {
                    for (String head : List.of(
                            "GET /?q=" + "x".repeat(20_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n",
                            "GET / HTTP/1.1\r\nHost: localhost\r\nX-Large: " + "x".repeat(20_000) + "\r\n\r\n")) {
                        try (RawConnection connection = connect()) {
                            connection.send(head);
                            assertThat(connection.status()).isIn(414, 431);
                        }
                    }
                }))
                .isEmpty();
    }

    @Test
    void whoLeavesInTheMiddleGivesTheRoomBackAndIsNoFault() throws Exception {
        assertThat(warningsOf(() -> {
                    // More than one address may have at once.
                    for (int i = 0; i < 12; i++) {
                        try (RawConnection connection = connect()) {
                            connection.send(post(length(MIB), "Expect: 100-continue"));
                            assertThat(connection.answer().status()).isEqualTo(100);
                            connection.send(" ".repeat(MIB - 1));
                        }
                    }
                    Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> {
                        try (RawConnection connection = connect()) {
                            connection.send(post(length(MIB)) + " ".repeat(MIB));
                            return connection.status() == 400;
                        }
                    });
                }))
                .isEmpty();
    }

    private interface Work {
        void run() throws Exception;
    }

    private static List<String> warningsOf(Work work) throws Exception {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        ListAppender<ILoggingEvent> said = new ListAppender<>();
        said.start();
        root.addAppender(said);
        try {
            work.run();
        } finally {
            root.detachAppender(said);
        }
        return List.copyOf(said.list).stream()
                .filter(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }
}
