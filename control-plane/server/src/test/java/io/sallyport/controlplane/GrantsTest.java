package io.sallyport.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.core.hold.Requester;
import io.sallyport.core.hold.Ticket;
import io.sallyport.protocol.AgentMessage;
import io.sallyport.protocol.ServerMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Approvals that hold for a while. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GrantsTest {

    private final MovableClock clock = new MovableClock();
    private Running server;
    private Api alice;
    private Api bob;

    @BeforeAll
    void start() throws Exception {
        server = Running.on(Store.EMBEDDED, clock);
        alice = server.approver("alice", "dba");
        bob = server.approver("bob", "dba");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private static Ticket ticket(String binding, String shape, int required) {
        return ticket(binding, shape, required, false);
    }

    private static Ticket ticket(String binding, String shape, int required, boolean reasonRequired) {
        Instant now = Instant.now();
        return Ticket.builder(UUID.randomUUID().toString(), binding, now)
                .target("jdbc:postgresql://db/orders")
                .summary("delete")
                .detail(shape)
                .callSite("com.example.Repository.purge:40")
                .entryPoint("com.example.Nightly.run:12")
                .thread("main")
                .expires(now.plusSeconds(600))
                .rules(List.of("mass-write"))
                .anyOf(List.of("dba"))
                .required(required)
                .reasonRequired(reasonRequired)
                .build();
    }

    private static Ticket ticket(String binding, String shape) {
        return ticket(binding, shape, 1);
    }

    private static void approve(Api person, Ticket ticket, Object body) {
        person.post("/api/v1/approvals/" + ticket.id() + "/approve", body).expect(200);
    }

    /** What the agent hears at once; {@code null} when people have to decide. */
    private ServerMessage.ApprovalDecision asked(TestAgent agent, Ticket ticket) {
        agent.send(new AgentMessage.ApprovalRequest(ticket));
        agent.send(new AgentMessage.Events(
                "marker", List.of(new AgentMessage.Numbered(1, TestAgent.event("m", "allow")))));
        ServerMessage.ApprovalDecision decision = null;
        while (true) {
            ServerMessage message = agent.next(ServerMessage.class);
            if (message instanceof ServerMessage.EventsAck) {
                return decision;
            }
            // A decision may be told twice, as the answer and by the notice: an earlier ticket's is not this one's.
            if (message instanceof ServerMessage.ApprovalDecision told
                    && told.ticket().equals(ticket.id())) {
                decision = told;
            }
        }
    }

    private TestAgent granted(String binding, String shape, Object body) {
        TestAgent agent = server.connectedAgent("w-" + UUID.randomUUID());
        Ticket first = agent.submit(ticket(binding, shape));
        approve(alice, first, body);
        agent.next(ServerMessage.ApprovalDecision.class);
        return agent;
    }

    @Test
    void equalCallsOfTheWorkloadRunUntilTheGrantEnds() {
        TestAgent agent = granted("b1", "DELETE FROM a WHERE id = ?", Map.of("grantMinutes", 30));
        ServerMessage.ApprovalDecision decision = asked(agent, ticket("b1", "DELETE FROM a WHERE id = ?"));
        assertThat(decision.outcome()).isEqualTo("approved");
        assertThat(decision.by()).containsExactly("alice");
        assertThat(decision.reason()).startsWith("under grant ");
        assertThat(decision.unmask()).isFalse();
        assertThat(asked(agent, ticket("b2", "DELETE FROM a WHERE id = ?"))).isNull();
        assertThat(asked(server.connectedAgent("another"), ticket("b1", "DELETE FROM a WHERE id = ?")))
                .isNull();
        clock.forward(Duration.ofMinutes(31));
        assertThat(asked(agent, ticket("b1", "DELETE FROM a WHERE id = ?"))).isNull();
    }

    @Test
    void aGrantForAShapeTakesOtherParametersButNoOtherStatement() {
        TestAgent agent = granted("c1", "DELETE FROM c WHERE id = ?", Map.of("grantMinutes", 30, "grantFor", "shape"));
        assertThat(asked(agent, ticket("c2", "DELETE FROM c WHERE id = ?"))).isNotNull();
        assertThat(asked(agent, ticket("c3", "DELETE FROM c"))).isNull();
        // The policy demands more by now: another matter.
        assertThat(asked(agent, ticket("c4", "DELETE FROM c WHERE id = ?", 2))).isNull();
    }

    @Test
    void aGrantIsForTheEndUserWhoseCallWasApproved() {
        for (String covers : List.of("call", "shape")) {
            TestAgent agent = server.connectedAgent("for-one-" + covers);
            Ticket first = agent.submit(ticket("h1", "DELETE FROM h").toBuilder()
                    .requester(new Requester("ann", null, null))
                    .build());
            approve(alice, first, Map.of("grantMinutes", 30, "grantFor", covers));
            agent.next(ServerMessage.ApprovalDecision.class);
            assertThat(asked(
                            agent,
                            ticket("h1", "DELETE FROM h").toBuilder()
                                    .requester(new Requester("ann", null, null))
                                    .build()))
                    .isNotNull();
            assertThat(asked(
                            agent,
                            ticket("h1", "DELETE FROM h").toBuilder()
                                    .requester(new Requester("alice", null, null))
                                    .build()))
                    .isNull();
            assertThat(asked(agent, ticket("h1", "DELETE FROM h"))).isNull();
        }
    }

    @Test
    void aGrantIsForEqualCallsWhateverTheirReasonAndTheTicketOfEachShowsItsOwn() {
        TestAgent agent = server.connectedAgent("explained");
        Ticket first = agent.submit(ticket("i1", "DELETE FROM i").toBuilder()
                .requester(new Requester(null, null, "OPS-1"))
                .build());
        approve(alice, first, Map.of("grantMinutes", 30));
        agent.next(ServerMessage.ApprovalDecision.class);
        Ticket later = ticket("i1", "DELETE FROM i").toBuilder()
                .requester(new Requester(null, null, "OPS-2"))
                .build();
        assertThat(asked(agent, later)).isNotNull();
        assertThat(bob.get("/api/v1/approvals/" + later.id())
                        .expect(200)
                        .path("requesterReason")
                        .asText())
                .isEqualTo("OPS-2");
    }

    @Test
    void aGrantThatNobodyHadToExplainIsNotForCallsWhoseApproversHaveTo() {
        TestAgent agent = granted("j1", "DELETE FROM j", Map.of("grantMinutes", 30));
        assertThat(asked(agent, ticket("j1", "DELETE FROM j", 1, true))).isNull();
        assertThat(asked(agent, ticket("j1", "DELETE FROM j"))).isNotNull();
    }

    @Test
    void anApprovalWithoutAGrantIsForOneCall() {
        TestAgent agent = granted("d1", "DELETE FROM d", Map.of());
        assertThat(asked(agent, ticket("d1", "DELETE FROM d"))).isNull();
    }

    @Test
    void everyApproverHasToAskForItAndTheShortestCounts() {
        TestAgent agent = server.connectedAgent("two");
        Ticket generous = agent.submit(ticket("e1", "DELETE FROM e", 2));
        approve(alice, generous, Map.of("grantMinutes", 600, "grantFor", "shape"));
        approve(bob, generous, Map.of());
        agent.next(ServerMessage.ApprovalDecision.class);
        Ticket again = agent.submit(ticket("e1", "DELETE FROM e", 2));
        approve(alice, again, Map.of("grantMinutes", 600, "grantFor", "shape", "unmask", true));
        approve(bob, again, Map.of("grantMinutes", 10));
        agent.next(ServerMessage.ApprovalDecision.class);
        ServerMessage.ApprovalDecision decision = asked(agent, ticket("e1", "DELETE FROM e", 2));
        assertThat(decision.by()).containsExactlyInAnyOrder("alice", "bob");
        assertThat(decision.unmask()).isFalse();
        assertThat(asked(agent, ticket("e2", "DELETE FROM e", 2))).isNull();
        clock.forward(Duration.ofMinutes(11));
        assertThat(asked(agent, ticket("e1", "DELETE FROM e", 2))).isNull();
    }

    @Test
    void anUnmaskGrantUnmasksAndARevokedOneEndsAtOnce() {
        TestAgent agent = granted("f1", "SELECT f", Map.of("grantMinutes", 30, "unmask", true));
        assertThat(asked(agent, ticket("f1", "SELECT f")).unmask()).isTrue();
        JsonNode grant = null;
        for (JsonNode one : bob.get("/api/v1/grants").expect(200)) {
            grant = one.path("workload").asText().equals(agent.id()) ? one : grant;
        }
        assertThat(grant.path("used").asInt()).isEqualTo(1);
        assertThat(grant.path("unmask").asBoolean()).isTrue();
        String path = "/api/v1/grants/" + grant.path("id").asText();
        server.person("elsewhere", List.of("approver@team=other"), List.of())
                .send("DELETE", path, null)
                .expect(404);
        bob.send("DELETE", path, null).expectStatus(204);
        assertThat(asked(agent, ticket("f1", "SELECT f"))).isNull();
        assertThat(server.admin().get("/api/v1/audit").text()).contains("grant.create", "grant.revoke", "under grant");
    }

    @Test
    void aTimeThatMakesNoSenseIsRefused() {
        TestAgent agent = server.connectedAgent("three");
        Ticket ticket = agent.submit(ticket("g1", "DELETE FROM g"));
        String path = "/api/v1/approvals/" + ticket.id() + "/approve";
        alice.post(path, Map.of("grantMinutes", 0)).expect(422);
        alice.post(path, Map.of("grantMinutes", 100_000)).expect(422);
        alice.post(path, Map.of("grantMinutes", 5, "grantFor", "everything")).expect(422);
    }
}
