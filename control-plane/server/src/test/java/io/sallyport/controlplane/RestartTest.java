package io.sallyport.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.core.hold.Ticket;
import io.sallyport.protocol.ServerMessage;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A real process that is killed, stopped, and started again on its data directory. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RestartTest {

    private Path data;
    private Process process;
    private Running server;

    /** One process serves as many tests as it survives: each start takes seconds. */
    @BeforeEach
    void start() throws Exception {
        if (data == null) {
            data = Files.createTempDirectory("restart");
        }
        if (process == null || !process.isAlive()) {
            launch();
        }
    }

    @AfterAll
    void stop() {
        process.destroyForcibly();
    }

    private void launch() throws Exception {
        Spawned spawned = Spawned.start(data);
        process = spawned.process();
        server = spawned.server();
    }

    @Test
    void whatWasAcknowledgedSurvivesAKill() throws Exception {
        TestAgent agent = server.connectedAgent("orders");
        Ticket decided = agent.submit(TestAgent.ticket());
        Ticket open = agent.submit(TestAgent.ticket());
        server.approver("alice")
                .post("/api/v1/approvals/" + decided.id() + "/approve", Map.of())
                .expect(200);
        long acknowledged = 0;
        for (int batch = 0; batch < 40; batch++) {
            agent.events("s", batch * 25L + 1, 25);
            acknowledged = agent.next(ServerMessage.EventsAck.class).upTo();
        }
        process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        assertThat(acknowledged).isEqualTo(1000);

        launch();
        JsonNode events = server.admin()
                .get("/api/v1/events?limit=1000&type=DECISION&workload=" + agent.id())
                .expect(200)
                .path("events");
        assertThat(events).hasSize(1000);
        assertThat(events.get(0).path("sequence").asLong()).isEqualTo(1000);
        assertThat(server.admin()
                        .get("/api/v1/workloads")
                        .expect(200)
                        .get(0)
                        .path("connected")
                        .asBoolean())
                .isFalse();
        agent.connect(server);
        assertThat(agent.hello("s").acknowledged()).isEqualTo(1000);
        assertThat(agent.next(ServerMessage.ApprovalDecision.class).ticket()).isEqualTo(decided.id());
        server.approver("bob")
                .post("/api/v1/approvals/" + open.id() + "/approve", Map.of())
                .expect(200);
        assertThat(agent.next(ServerMessage.ApprovalDecision.class).by()).isEqualTo(List.of("bob"));
    }

    @Test
    void aSecondProcessOnTheSameDataDirectoryIsRefusedInOneLine() throws Exception {
        Process second = Spawned.serve(data, List.of()).start();
        List<String> lines;
        try (BufferedReader err =
                new BufferedReader(new InputStreamReader(second.getErrorStream(), StandardCharsets.UTF_8))) {
            lines = err.lines()
                    .filter(line -> line.startsWith("sallyport-control-plane: "))
                    .toList();
        }
        assertThat(second.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(second.exitValue()).isEqualTo(2);
        assertThat(lines).hasSize(1);
        assertThat(lines.get(0)).contains("another control plane is using").contains("--data");
        server.admin().get("/api/v1/me").expect(200);
    }

    @Test
    void aStopIsGracefulAndQuick() throws Exception {
        TestAgent agent = server.connectedAgent("orders");
        long before = System.nanoTime();
        process.destroy();
        assertThat(process.waitFor(5, TimeUnit.SECONDS)).isTrue();
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
        assertThat(agent.closeCode()).isEqualTo(1001);
    }
}
