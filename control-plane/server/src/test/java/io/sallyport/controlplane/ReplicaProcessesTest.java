package io.sallyport.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.core.hold.Ticket;
import io.sallyport.protocol.ServerMessage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two real processes on one PostgreSQL, each with its copy of the keys: they work as one, and one may die at any moment. */
class ReplicaProcessesTest {

    private Spawned one;
    private Spawned other;

    @BeforeEach
    void start() throws Exception {
        String database = Store.POSTGRESQL.newDatabase();
        Path data = Store.POSTGRESQL.newDirectory();
        one = Spawned.start(data, "--db", database);
        Path copy = Files.createTempDirectory("replica-other");
        try (Stream<Path> files = Files.list(data)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        other = Spawned.start(copy, "--db", database);
    }

    @AfterEach
    void stop() {
        if (one != null) {
            one.close();
        }
        if (other != null) {
            other.close();
        }
    }

    private static Ticket needing(int persons) {
        return TestAgent.ticket(UUID.randomUUID().toString(), List.of(), persons, false, Duration.ofMinutes(10));
    }

    private static String approve(Ticket ticket) {
        return "/api/v1/approvals/" + ticket.id() + "/approve";
    }

    @Test
    void whoSignsInOnOneDecidesOnTheOtherAndTheAgentOfTheFirstHearsOfItWithinASecond() {
        TestAgent agent = one.server().connectedAgent("orders");
        Ticket ticket = agent.submit(TestAgent.ticket());
        one.server()
                .signedIn("alice", List.of("approver"))
                .at(other.server())
                .post(approve(ticket), Map.of())
                .expect(200);
        ServerMessage.ApprovalDecision decision = agent.poll(ServerMessage.ApprovalDecision.class, 1000);
        assertThat(decision).isNotNull();
        assertThat(decision.by()).containsExactly("alice");
    }

    @Test
    void oneIsKilledWhilePeopleDecideAndEachTicketHasOneRecordedOutcomeThatItsAgentHears() throws Exception {
        TestAgent agent = one.server().connectedAgent("orders");
        agent.events("s", 1, 50);
        assertThat(agent.next(ServerMessage.EventsAck.class).upTo()).isEqualTo(50);
        List<Ticket> tickets = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            tickets.add(agent.submit(needing(2)));
        }
        Api alice = one.server().approver("alice");
        Api bob = other.server().approver("bob");
        CompletableFuture<Void> first = CompletableFuture.runAsync(() -> tickets.forEach(ticket -> {
            try {
                alice.post(approve(ticket), Map.of());
            } catch (AssertionError killed) {
                // Not answered: it may have been stored or not, but not by half.
            }
        }));
        CompletableFuture<Void> second =
                CompletableFuture.runAsync(() -> tickets.forEach(ticket -> bob.post(approve(ticket), Map.of())));
        TimeUnit.MILLISECONDS.sleep(150);
        one.kill();
        CompletableFuture.allOf(first, second).get(60, TimeUnit.SECONDS);
        agent.connect(other.server());
        assertThat(agent.hello("s").acknowledged()).isEqualTo(50);
        // Those that alice's vote did not reach are decided by somebody else.
        Api carol = other.server().approver("carol");
        tickets.forEach(ticket -> carol.post(approve(ticket), Map.of()).expectStatus(200, 409));
        String audit = other.server().admin().get("/api/v1/audit?limit=1000").text();
        for (Ticket ticket : tickets) {
            JsonNode shown = other.server()
                    .admin()
                    .get("/api/v1/approvals/" + ticket.id())
                    .expect(200);
            assertThat(shown.path("state").asText()).isEqualTo("approved");
            assertThat(shown.path("decisions")).hasSize(2);
            for (JsonNode decision : shown.path("decisions")) {
                assertThat(audit).contains("\"actor\":\"" + decision.path("by").asText() + "\"");
            }
            assertThat(audit.split(ticket.id(), -1))
                    .as("entries of the audit log")
                    .hasSize(3);
        }
        List<String> heard = new ArrayList<>();
        while (!heard.containsAll(tickets.stream().map(Ticket::id).toList())) {
            heard.add(agent.next(ServerMessage.ApprovalDecision.class).ticket());
        }
    }
}
