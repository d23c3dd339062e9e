package io.sallyport.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import org.assertj.core.api.Condition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** How much one party may ask. The clock stands still but for what a test adds, so that nothing fills up again by itself. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LimitsTest {

    private final StandingClock clock = new StandingClock();
    private Running server;

    @BeforeAll
    void start() throws Exception {
        server = Running.on(Store.EMBEDDED, clock, Running.settings("limits: {person: 4, address: 2, workloads: 2}\n"));
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private List<Integer> statuses(int count, IntSupplier request) {
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            statuses.add(request.getAsInt());
        }
        return statuses;
    }

    @Test
    void onePersonIsSlowedDownAndAnotherIsNot() {
        clock.forward(Duration.ofMinutes(1));
        Api busy = server.person("busy", List.of("viewer"), List.of());
        Api busyToo = server.person("busy", List.of("viewer"), List.of());
        Api calm = server.person("calm", List.of("viewer"), List.of());
        List<Integer> asked = statuses(24, () -> busy.get("/api/v1/me").status());
        assertThat(asked.subList(0, 20)).containsOnly(200);
        assertThat(asked.subList(20, 24)).containsOnly(429);
        Api.Answer refused = busyToo.get("/api/v1/me");
        assertThat(refused.status()).as("another token of the same person").isEqualTo(429);
        assertThat(refused.raw().headers().firstValue("Retry-After")).isPresent();
        calm.get("/api/v1/me").expect(200);
        clock.forward(Duration.ofSeconds(1));
        assertThat(statuses(6, () -> busy.get("/api/v1/me").status())).containsExactly(200, 200, 200, 200, 429, 429);
    }

    @Test
    void anAddressThatNobodySignsInFromIsSlowedDownWhicheverWayItTries() {
        clock.forward(Duration.ofMinutes(1));
        List<Integer> tries = statuses(
                10, () -> server.as("spt.0123456789.x").get("/api/v1/me").status());
        assertThat(tries).containsOnly(401);
        assertThat(server.as("spt.0123456789.x").get("/api/v1/me").status()).isEqualTo(429);
        assertThat(server.anyone().get("/api/v1/me").status()).isEqualTo(429);
        assertThat(server.anyone().post("/api/v1/login", Map.of("user", "x")).status())
                .isEqualTo(429);
        assertThat(server.anyone().post("/api/v1/device-logins", Map.of()).status())
                .isEqualTo(429);
        assertThat(server.anyone().get("/api/v1/sign-in").status()).isEqualTo(429);
        // Whoever has signed in goes on, and what is the same for everyone is served.
        server.admin().get("/api/v1/me").expect(200);
        server.anyone().get("/healthz").expect(200);
        server.anyone().get("/assets/main.js").expectStatus(200);
        clock.forward(Duration.ofMinutes(1));
    }

    @Test
    void enrolmentsAreCountedAndAWrongTokenPausesNobodyElse() {
        clock.forward(Duration.ofMinutes(1));
        String token = server.joinToken("orders");
        Map<String, Object> wrong = Map.of("token", "sp1.x.y.z", "workload", "w", "instance", "i", "labels", Map.of());
        List<Integer> tries = statuses(
                8, () -> server.anyone().post("/agent/v1/enroll", wrong).status());
        assertThat(tries).containsOnly(401);
        server.enroll(token, "orders", "i-1");
        server.enroll(token, "orders", "i-2");
        assertThat(server.anyone().post("/agent/v1/enroll", wrong).status()).isEqualTo(429);
        clock.forward(Duration.ofMinutes(1));
    }

    @Test
    void anAddressHasSoManyConnectionsAndNoMore() throws Exception {
        // A server of its own: a connection that ends is counted until the server notices.
        try (Running narrow =
                Running.on(Store.EMBEDDED, clock, Running.settings("limits: {connectionsPerAddress: 4}\n"))) {
            List<SocketChannel> open = new ArrayList<>();
            try {
                for (int i = 0; i < 5; i++) {
                    SocketChannel one = SocketChannel.open(new InetSocketAddress(
                            "localhost", narrow.controlPlane().port()));
                    one.configureBlocking(false);
                    open.add(one);
                }
                // Which of them the server counts last is its own affair.
                Awaitility.await("one closed before a handshake")
                        .untilAsserted(() -> assertThat(open).haveExactly(1, closedByTheServer()));
            } finally {
                for (SocketChannel channel : open) {
                    channel.close();
                }
            }
            Awaitility.await()
                    .ignoreException(AssertionError.class)
                    .until(() -> narrow.anyone().get("/healthz").status() == 200);
        }
    }

    private static Condition<SocketChannel> closedByTheServer() {
        return new Condition<>(
                channel -> {
                    try {
                        return channel.read(ByteBuffer.allocate(1)) < 0;
                    } catch (IOException reset) {
                        return true;
                    }
                },
                "closed by the server");
    }

    @Test
    void bodiesAreBoundedForEveryone() throws Exception {
        clock.forward(Duration.ofMinutes(1));
        String large = "{\"token\":\"" + "x".repeat(1_200_000) + "\"}";
        for (String path : List.of("/agent/v1/enroll", "/api/v1/login", "/api/v1/device-logins/token")) {
            Api anyone = server.anyone();
            // Asks before it sends: the answer of a server that reads no further can be lost to whoever is still
            // sending.
            HttpRequest request = anyone.request(path)
                    .expectContinue(true)
                    .POST(HttpRequest.BodyPublishers.ofString(large))
                    .build();
            assertThat(anyone.client()
                            .send(request, HttpResponse.BodyHandlers.discarding())
                            .statusCode())
                    .as(path)
                    .isEqualTo(413);
        }
    }

    @Test
    void aLimitOfNothingKeepsItFromStarting() {
        assertThatThrownBy(() -> Running.settings("limits: {person: 0}\n")).isInstanceOf(StartFailure.class);
    }
}
