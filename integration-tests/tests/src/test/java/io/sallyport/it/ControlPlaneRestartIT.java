package io.sallyport.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.testing.TlsPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The control plane dies while workloads run, and comes back on the same data. */
@Tag("build-jdk")
@ExtendWith(Postgres.class)
class ControlPlaneRestartIT {

    private static final int WRITES = 20;
    private static final String POLICY = """
            version: 1
            mode: enforce
            guard:
              - name: mass-write
                when: {unboundedWrite: true}
                then: approve
                approval: {anyOf: [dba], requesterReason: required, wait: 10m, timeout: 15m}
            """;

    @Test
    void workloadsGoOnAndNothingIsLostOrDoubled(TlsPostgres postgres, @TempDir Path directory) throws Exception {
        postgres.execute(
                "CREATE TABLE restart_log (id int)",
                "CREATE TABLE restart_carts (id int)",
                "INSERT INTO restart_carts VALUES (1), (2)",
                "CREATE TABLE restart_away (id int)",
                "INSERT INTO restart_away VALUES (1)");
        try (Plane plane = Plane.start(directory, POLICY);
                Console workload =
                        Console.start(plane.governing(Console.sql(postgres), "spool", "reason=nightly clean-up"))) {
            JsonNode decided = decidedBefore(plane, workload);
            long version = plane.push(POLICY + "record: {level: statements}\n");
            String held = workload.begin("start", "DELETE FROM restart_carts");
            JsonNode ticket = plane.awaitTicket("restart_carts");
            assertThat(ticket.path("requesterReason").asText()).isEqualTo("nightly clean-up");

            List<String> writes = new ArrayList<>();
            for (int i = 1; i <= WRITES; i++) {
                writes.add(workload.begin("run", "INSERT INTO restart_log VALUES (" + i + ")"));
                if (i == WRITES / 2) {
                    plane.kill();
                }
            }
            for (String write : writes) {
                assertThat(workload.answer(write)).containsExactly("count 1");
            }
            assertThat(workload.ask("run", "DELETE FROM restart_away"))
                    .as("what needs approval is refused while nobody can approve")
                    .singleElement()
                    .asString()
                    .startsWith("failed java.sql.SQLException 42501 ")
                    // The second where the held call already keeps half of the connections that are open by then.
                    .containsAnyOf("control plane", "hold-limit");
            assertThat(workload.said(held)).as("the held call").isEmpty();

            plane.restart();
            assertThat(plane.policyVersion()).isEqualTo(version);
            assertThat(plane.ticket(decided).path("state").asText()).isEqualTo("approved");
            assertThat(plane.ticket(decided).at("/decisions/0/by").asText()).isEqualTo("pia");
            assertThat(plane.ticket(ticket).path("state").asText()).isEqualTo("waiting");
            awaitConnected(plane);
            plane.approve(ticket, "after the restart");
            assertThat(workload.answer(held)).containsExactly("count 2");
            assertThat(postgres.query("SELECT count(*) FROM restart_carts")).isEqualTo("0");

            assertThat(workload.ask("run", "INSERT INTO restart_log VALUES (0)"))
                    .containsExactly("count 1");
            plane.awaitEvent(
                    "the last result", e -> e.path("type").asText().equals("RESULT") && results(plane) == WRITES + 1);
            expectExactlyOnce(plane);
        }
    }

    private static JsonNode decidedBefore(Plane plane, Console workload) throws Exception {
        String call = workload.begin("start", "DELETE FROM restart_away WHERE true");
        JsonNode ticket = plane.awaitTicket("restart_away");
        plane.approve(ticket, "before the restart");
        assertThat(workload.answer(call)).containsExactly("count 1");
        return ticket;
    }

    private static void awaitConnected(Plane plane) {
        Awaitility.await("the workload to come back")
                .atMost(Duration.ofSeconds(60))
                .until(() -> plane.admin()
                        .get("/api/v1/workloads")
                        .get(0)
                        .path("connected")
                        .asBoolean());
    }

    private static long results(Plane plane) {
        try {
            return plane.events().stream()
                    .filter(Plane.event("RESULT", "insert", "restart_log"))
                    .count();
        } catch (java.io.IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void expectExactlyOnce(Plane plane) throws Exception {
        List<JsonNode> events = plane.events();
        List<Long> sequences =
                events.stream().map(e -> e.path("sequence").asLong()).sorted().toList();
        assertThat(sequences)
                .as("positions in the workload's one spool: no gap, none twice")
                .isEqualTo(LongStream.rangeClosed(1, sequences.size()).boxed().toList());
        Map<String, Long> decisions = events.stream()
                .filter(Plane.event("DECISION", "insert", "restart_log"))
                .collect(Collectors.groupingBy(e -> e.path("call").asText(), Collectors.counting()));
        assertThat(decisions)
                .hasSize(WRITES + 1)
                .allSatisfy((call, times) -> assertThat(times).isEqualTo(1));
    }
}
