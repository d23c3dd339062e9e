package io.sallyport.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.sallyport.core.hold.Ticket;
import io.sallyport.protocol.ServerMessage;
import io.sallyport.protocol.Wire;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LiveStreamTest {

    private final BlockingQueue<Shown> shown = new LinkedBlockingQueue<>();
    private final MovableClock clock = new MovableClock();
    private Running server;

    private record Shown(String kind, JsonNode data) {}

    @BeforeEach
    void start() throws Exception {
        server = Running.on(Store.EMBEDDED, clock);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Thread watch() throws Exception {
        Api viewer = server.admin();
        HttpResponse<Stream<String>> response = viewer.client()
                .send(
                        viewer.request("/api/v1/stream")
                                .timeout(Duration.ofMinutes(1))
                                .build(),
                        HttpResponse.BodyHandlers.ofLines());
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
        Thread reader = new Thread(() -> {
            String kind = "";
            try {
                for (var lines = response.body().iterator(); lines.hasNext(); ) {
                    String line = lines.next();
                    if (line.startsWith("event: ")) {
                        kind = line.substring(7);
                    } else if (line.startsWith("data: ")) {
                        shown.add(new Shown(kind, Wire.json().readTree(line.substring(6))));
                    }
                }
            } catch (Exception ended) {
                // The server closed the stream.
            }
        });
        reader.setDaemon(true);
        reader.start();
        return reader;
    }

    private JsonNode next(String kind) throws Exception {
        while (true) {
            Shown next = shown.poll(60, TimeUnit.SECONDS);
            assertThat(next).as("a " + kind + " on the stream").isNotNull();
            if (next.kind().equals(kind)) {
                return next.data();
            }
        }
    }

    @Test
    void aDashboardSeesTicketsEventsWorkloadsAndPoliciesAsTheyHappen() throws Exception {
        watch();
        TestAgent agent = server.connectedAgent("orders");
        assertThat(next("workload").path("name").asText()).isEqualTo("orders");
        Ticket ticket = agent.submit(TestAgent.ticket());
        assertThat(next("approval").path("id").asText()).isEqualTo(ticket.id());
        agent.events("s", 1, 3);
        agent.next(ServerMessage.EventsAck.class);
        for (int sequence = 1; sequence <= 3; sequence++) {
            assertThat(next("event").path("sequence").asInt()).isEqualTo(sequence);
        }
        server.admin()
                .send("PUT", "/api/v1/policy", Map.of("yaml", "version: 1\nmode: observe\n", "comment", "c", "base", 1))
                .expect(200);
        assertThat(next("policy").path("version").asInt()).isEqualTo(2);
    }

    @Test
    void anEventThatIsStoredRightAfterTheFirstDashboardOpenedIsShown() throws Exception {
        TestAgent agent = server.connectedAgent("orders");
        agent.events("s", 1, 3);
        agent.next(ServerMessage.EventsAck.class);
        watch();
        agent.events("s", 4, 1);
        int shown = next("event").path("sequence").asInt();
        // Those before may be shown as well, where the tail had not come to them yet.
        while (shown < 4) {
            shown = next("event").path("sequence").asInt();
        }
        assertThat(shown).isEqualTo(4);
    }

    private Thread watch(Api viewer) throws Exception {
        HttpResponse<Stream<String>> response = viewer.client()
                .send(
                        viewer.request("/api/v1/stream")
                                .timeout(Duration.ofMinutes(1))
                                .build(),
                        HttpResponse.BodyHandlers.ofLines());
        assertThat(response.statusCode()).isEqualTo(200);
        Thread reader = new Thread(() -> {
            try {
                response.body().forEach(line -> shown.add(new Shown(line, NullNode.getInstance())));
            } catch (RuntimeException ended) {
                // The server closed the stream.
            }
        });
        reader.setDaemon(true);
        reader.start();
        return reader;
    }

    private String session(String name, String... roles) {
        String password = server.admin()
                .post("/api/v1/users", Map.of("name", name, "roles", List.of(roles)))
                .expect(201)
                .path("password")
                .asText();
        String header = server.anyone()
                .post("/api/v1/login", Map.of("user", name, "password", password))
                .raw()
                .headers()
                .firstValue("Set-Cookie")
                .orElseThrow();
        return header.substring(0, header.indexOf(';'));
    }

    @Test
    void anOpenDashboardKeepsNoSessionAliveAndIsClosedWithIt() throws Exception {
        String cookie = session("idler", "viewer");
        Thread reader = watch(server.anyone().with("Cookie", cookie));
        clock.forward(Duration.ofMinutes(50));
        shown.clear();
        assertThat(next(": here")).isNotNull();
        server.anyone()
                .with("Cookie", cookie, "X-Sallyport-Unattended", "true")
                .get("/api/v1/me")
                .expect(200);
        clock.forward(Duration.ofMinutes(20));
        server.anyone().with("Cookie", cookie).get("/api/v1/me").expect(401);
        reader.join(20_000);
        assertThat(reader.isAlive()).isFalse();
    }

    @Test
    void theStreamEndsWithTheServer() throws Exception {
        Thread reader = watch();
        long before = System.nanoTime();
        server.close();
        reader.join(10_000);
        assertThat(reader.isAlive()).isFalse();
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
    }
}
