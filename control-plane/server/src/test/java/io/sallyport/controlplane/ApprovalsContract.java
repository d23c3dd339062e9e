package io.sallyport.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.core.hold.Requester;
import io.sallyport.core.hold.Ticket;
import io.sallyport.protocol.AgentMessage;
import io.sallyport.protocol.ServerMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What must be true of approvals on every store. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ApprovalsContract {

    private static final int RACES = Boolean.getBoolean("sallyport.soak") ? 500 : 15;

    private final Store store;
    private final MovableClock clock = new MovableClock();
    private Running server;
    private TestAgent agent;

    ApprovalsContract(Store store) {
        this.store = store;
    }

    @BeforeAll
    void start() throws Exception {
        server = Running.on(store, clock);
        agent = server.connectedAgent("orders");
    }

    @AfterAll
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    private static Api.Answer approve(Api person, Ticket ticket) {
        return person.post("/api/v1/approvals/" + ticket.id() + "/approve", Map.of());
    }

    private static Api.Answer refuse(Api person, Ticket ticket) {
        return person.post("/api/v1/approvals/" + ticket.id() + "/refuse", Map.of("reason", "no"));
    }

    private static Ticket needing(int persons) {
        return TestAgent.ticket(UUID.randomUUID().toString(), List.of(), persons, false, Duration.ofMinutes(10));
    }

    private ServerMessage.ApprovalDecision decision(Ticket ticket) {
        ServerMessage.ApprovalDecision decision = agent.next(ServerMessage.ApprovalDecision.class);
        while (!decision.ticket().equals(ticket.id())) {
            decision = agent.next(ServerMessage.ApprovalDecision.class);
        }
        return decision;
    }

    private static Ticket askingEachOf(String... groups) {
        Ticket any = TestAgent.ticket(
                UUID.randomUUID().toString(), List.of(groups), groups.length, false, Duration.ofMinutes(10));
        return any.toBuilder().eachOf(true).build();
    }

    @Test
    void whereEachOfTwoGroupsIsAskedSomebodyOfEachHasToApproveAndNobodyCountsForBoth() {
        Ticket ticket = agent.submit(askingEachOf("dba", "security"));
        approve(server.approver("mallory", "marketing"), ticket).expect(403);
        assertThat(approve(server.approver("both", "dba", "security"), ticket)
                        .expect(200)
                        .path("state")
                        .asText())
                .isEqualTo("waiting");
        assertThat(approve(server.approver("dora", "dba"), ticket)
                        .expect(200)
                        .path("state")
                        .asText())
                .as("both for security, dora for dba")
                .isEqualTo("approved");
        agent.next(ServerMessage.ApprovalDecision.class);

        Ticket again = agent.submit(askingEachOf("dba", "security"));
        approve(server.approver("dora", "dba"), again).expect(200);
        assertThat(approve(server.approver("dirk", "dba"), again)
                        .expect(200)
                        .path("state")
                        .asText())
                .as("two of dba")
                .isEqualTo("waiting");
        assertThat(approve(server.approver("sam", "security"), again)
                        .expect(200)
                        .path("state")
                        .asText())
                .isEqualTo("approved");
        assertThat(agent.next(ServerMessage.ApprovalDecision.class).by()).containsExactly("dora", "dirk", "sam");
    }

    @Test
    void whoeverMadeATokenIsOnePersonWithItAndSoAreTwoTokensOfOneMaker() {
        Ticket ticket = agent.submit(needing(3));
        Api admin = server.admin();
        approve(admin, ticket).expect(200);
        assertThat(approve(server.person("robot", List.of("approver"), List.of()), ticket)
                        .text())
                .contains("one person with it");
        // Nor by a token that makes tokens.
        Api maker = server.person("maker", List.of("admin"), List.of());
        String made = maker.post("/api/v1/tokens", Map.of("name", "made", "roles", List.of("approver")))
                .expect(201)
                .path("token")
                .asText();
        approve(server.as(made), ticket).expect(409);
        server.as(made).post("/api/v1/me/tokens", Map.of()).expect(403);
        approve(server.approver("alice"), ticket).expect(200);
        approve(server.approver("bob"), ticket).expect(200);
        agent.next(ServerMessage.ApprovalDecision.class);

        Ticket another = agent.submit(needing(2));
        approve(server.person("robot", List.of("approver"), List.of()), another).expect(200);
        approve(server.as(made), another).expect(409);
        approve(admin, another).expect(409);
        assertThat(server.admin()
                        .get("/api/v1/approvals/" + another.id())
                        .expect(200)
                        .at("/decisions/0/vouchedBy")
                        .asText())
                .isEqualTo("admin");
        // A refusal is never in the way.
        refuse(server.as(made), another).expect(200);
        agent.next(ServerMessage.ApprovalDecision.class);
    }

    @Test
    void nobodyDecidesACallForThemselvesHoweverTheApplicationSpellsThem() {
        Api alice = server.approver("alice");
        for (String spelling : List.of("alice", "ALICE", " alice ", "al\u200Bice", "ali\uFE0Fce\u3164", "\uFF41lice")) {
            Ticket own = agent.submit(TestAgent.ticket().toBuilder()
                    .requester(new Requester(spelling, null, null))
                    .build());
            approve(alice, own).expect(403);
        }
        Ticket anothers = agent.submit(TestAgent.ticket().toBuilder()
                .requester(new Requester("alicia", null, null))
                .build());
        approve(alice, anothers).expect(200);
    }

    @Test
    void theTicketShowsWhatTheApproverNeeds() {
        Ticket ticket = agent.submit(TestAgent.ticket().toBuilder()
                .requester(new Requester("ann", "(4711)", "OPS-4711"))
                .build());
        JsonNode shown = server.admin().get("/api/v1/approvals/" + ticket.id()).expect(200);
        assertThat(shown.path("state").asText()).isEqualTo("waiting");
        assertThat(shown.path("workload").path("name").asText()).isEqualTo("orders");
        assertThat(shown.path("workload").path("connected").asBoolean()).isTrue();
        assertThat(shown.path("detail").asText()).isEqualTo("DELETE FROM payments");
        assertThat(shown.path("callSite").asText()).isEqualTo("com.example.Repository.purge:40");
        assertThat(shown.path("entryPoint").asText()).isEqualTo("com.example.Nightly.run:12");
        assertThat(shown.path("openTransaction").asBoolean()).isTrue();
        assertThat(shown.path("rules").get(0).asText()).isEqualTo("mass-write");
        assertThat(shown.path("endUser").asText()).isEqualTo("ann");
        assertThat(shown.path("parameters").asText()).isEqualTo("(4711)");
        assertThat(shown.path("requesterReason").asText()).isEqualTo("OPS-4711");
    }

    @Test
    void anApprovalReachesTheWaitingAgentWithNamesAndReason() {
        Ticket ticket = agent.submit(TestAgent.ticket());
        JsonNode after = server.approver("alice")
                .post("/api/v1/approvals/" + ticket.id() + "/approve", Map.of("reason", "looks right", "unmask", true))
                .expect(200);
        assertThat(after.path("state").asText()).isEqualTo("approved");
        assertThat(after.path("decisions").get(0).path("by").asText()).isEqualTo("alice");
        assertThat(decision(ticket))
                .isEqualTo(new ServerMessage.ApprovalDecision(
                        ticket.id(), "approved", List.of("alice"), "looks right", true));
    }

    @Test
    void aRefusalEndsTheTicketEvenWhereTwoApprovalsAreNeeded() {
        Ticket ticket = agent.submit(needing(2));
        approve(server.approver("alice"), ticket).expect(200);
        refuse(server.approver("bob"), ticket).expect(200);
        assertThat(decision(ticket).outcome()).isEqualTo("refused");
        approve(server.approver("carol"), ticket).expect(409);
    }

    @Test
    void twoApprovalsOfOnePersonCountOnce() {
        Ticket ticket = agent.submit(needing(2));
        Api alice = server.approver("alice");
        assertThat(approve(alice, ticket).expect(200).path("state").asText()).isEqualTo("waiting");
        approve(alice, ticket).expect(409);
        approve(server.approver("alice"), ticket).expect(409);
        assertThat(approve(server.approver("bob"), ticket)
                        .expect(200)
                        .path("state")
                        .asText())
                .isEqualTo("approved");
        assertThat(decision(ticket).by()).containsExactly("alice", "bob");
    }

    /** An identity provider, a directory and an administrator rarely agree about capitals. */
    @Test
    void spellingsOfOneNameAreOnePerson() {
        Ticket ticket = agent.submit(needing(2));
        approve(server.approver("Jörg Weiß"), ticket).expect(200);
        for (String spelling : List.of("jörg weiß", "JÖRG WEISS", "\uff4aörg  Weiß", "jörg weiß ")) {
            approve(server.approver(spelling), ticket).expect(409);
        }
        approve(server.approver("ORDERS"), ticket).expect(403);
        approve(server.approver("Jörg Weise"), ticket).expect(200);
    }

    @Test
    void masksAreLiftedOnlyWhenEveryApproverSaysSo() {
        Ticket ticket = agent.submit(needing(2));
        server.approver("alice")
                .post("/api/v1/approvals/" + ticket.id() + "/approve", Map.of("unmask", true))
                .expect(200);
        approve(server.approver("bob"), ticket).expect(200);
        assertThat(decision(ticket).unmask()).isFalse();
    }

    @Test
    void onlyMembersOfTheNamedGroupsDecide() {
        Ticket ticket = agent.submit(TestAgent.ticket(
                UUID.randomUUID().toString(), List.of("dba", "oncall"), 1, false, Duration.ofMinutes(10)));
        approve(server.approver("mallory", "marketing"), ticket).expect(403);
        approve(server.admin(), ticket).expect(403);
        approve(server.approver("dora", "dba"), ticket).expect(200);
    }

    @Test
    void aMissingReasonIsAskedFor() {
        Ticket ticket = agent.submit(
                TestAgent.ticket(UUID.randomUUID().toString(), List.of(), 1, true, Duration.ofMinutes(10)));
        approve(server.approver("alice"), ticket).expect(422);
        server.approver("alice")
                .post("/api/v1/approvals/" + ticket.id() + "/approve", Map.of("reason", "ticket OPS-1"))
                .expect(200);
    }

    @Test
    void nobodyDecidesATicketOfTheirOwn() {
        Ticket ticket = agent.submit(TestAgent.ticket());
        approve(server.approver("orders"), ticket).expect(403);
    }

    @Test
    void whomTheWorkloadServesDoesNotDecideEither() {
        Ticket ticket = agent.submit(TestAgent.ticket().toBuilder()
                .requester(new Requester("Ann", null, null))
                .build());
        approve(server.approver("ann"), ticket).expect(403);
        refuse(server.approver("ANN"), ticket).expect(403);
        approve(server.approver("bob"), ticket).expect(200);
    }

    @Test
    void twoApproversAtOnceApproveATicketThatNeedsTwo() throws Exception {
        Api alice = server.approver("alice");
        Api bob = server.approver("bob");
        for (int i = 0; i < RACES; i++) {
            Ticket ticket = agent.submit(needing(2));
            List<Integer> statuses = atOnce(
                    () -> approve(alice, ticket).status(),
                    () -> approve(bob, ticket).status());
            assertThat(statuses).containsOnly(200);
            assertThat(decision(ticket).by()).containsExactlyInAnyOrder("alice", "bob");
        }
    }

    @Test
    void approvalAndRefusalAtOnceHaveOneOutcome() throws Exception {
        Api alice = server.approver("alice");
        Api bob = server.approver("bob");
        for (int i = 0; i < RACES; i++) {
            Ticket ticket = agent.submit(TestAgent.ticket());
            List<Integer> statuses = atOnce(
                    () -> approve(alice, ticket).status(),
                    () -> refuse(bob, ticket).status());
            assertThat(statuses).containsExactlyInAnyOrder(200, 409);
            String state = server.admin()
                    .get("/api/v1/approvals/" + ticket.id())
                    .expect(200)
                    .path("state")
                    .asText();
            assertThat(state).isEqualTo(statuses.get(0) == 200 ? "approved" : "refused");
            assertThat(decision(ticket).outcome()).isEqualTo(state);
        }
    }

    @Test
    void onePersonClickingTwiceAtOnceDecidesOnce() throws Exception {
        Api alice = server.approver("alice");
        for (int i = 0; i < RACES; i++) {
            Ticket ticket = agent.submit(needing(2));
            List<Integer> statuses = atOnce(
                    () -> approve(alice, ticket).status(),
                    () -> approve(alice, ticket).status());
            assertThat(statuses).containsExactlyInAnyOrder(200, 409);
        }
    }

    @Test
    void approvalAndWithdrawalAtOnceHaveOneOutcome() throws Exception {
        Api alice = server.approver("alice");
        for (int i = 0; i < RACES; i++) {
            Ticket ticket = agent.submit(TestAgent.ticket());
            List<Integer> statuses = atOnce(
                    () -> {
                        agent.send(new AgentMessage.ApprovalWithdrawn(ticket.id(), "cancelled"));
                        return 0;
                    },
                    () -> approve(alice, ticket).status());
            String wanted = statuses.get(1) == 200 ? "approved" : "withdrawn";
            awaitState(ticket, wanted);
        }
    }

    @Test
    void aWithdrawnTicketCannotBeApproved() {
        Ticket ticket = agent.submit(TestAgent.ticket());
        agent.send(new AgentMessage.ApprovalWithdrawn(ticket.id(), "the caller was interrupted"));
        awaitState(ticket, "withdrawn");
        approve(server.approver("alice"), ticket).expect(409);
    }

    @Test
    void aTicketNobodyDecidesExpires() {
        Ticket ticket = agent.submit(TestAgent.ticket());
        clock.forward(Duration.ofMinutes(11));
        assertThat(decision(ticket).outcome()).isEqualTo("expired");
        approve(server.approver("alice"), ticket).expect(409);
    }

    @Test
    void callersThatJoinATicketAreCounted() {
        Ticket ticket = agent.submit(TestAgent.ticket());
        agent.send(new AgentMessage.ApprovalUpdate(ticket.id(), 7));
        Awaitility.await()
                .untilAsserted(() -> assertThat(server.admin()
                                .get("/api/v1/approvals/" + ticket.id())
                                .expect(200)
                                .path("callers")
                                .asInt())
                        .isEqualTo(7));
    }

    @Test
    void aRepeatedRequestIsTheSameTicket() {
        Ticket ticket = agent.submit(TestAgent.ticket());
        approve(server.approver("alice"), ticket).expect(200);
        assertThat(decision(ticket).outcome()).isEqualTo("approved");
        agent.send(new AgentMessage.ApprovalRequest(ticket));
        assertThat(decision(ticket).by()).containsExactly("alice");
    }

    @Test
    void anApprovedTicketDoesNotAdmitAnotherCall() {
        Ticket ticket = agent.submit(TestAgent.ticket());
        approve(server.approver("alice"), ticket).expect(200);
        decision(ticket);
        Ticket other = Ticket.builder(ticket.id(), "another-binding", ticket.created())
                .target(ticket.target())
                .summary("drop")
                .detail("DROP TABLE payments")
                .thread("main")
                .expires(ticket.expires())
                .build();
        agent.send(new AgentMessage.ApprovalRequest(other));
        assertThat(decision(ticket).outcome()).isEqualTo("refused");
    }

    @Test
    void aWorkloadCannotTouchTheTicketOfAnother() {
        Ticket ticket = agent.submit(TestAgent.ticket());
        TestAgent thief = server.connectedAgent("thief");
        thief.send(new AgentMessage.ApprovalRequest(ticket));
        assertThat(thief.next(ServerMessage.ApprovalDecision.class).outcome()).isEqualTo("refused");
        thief.send(new AgentMessage.ApprovalWithdrawn(ticket.id(), "mine"));
        thief.send(new AgentMessage.ApprovalUpdate(ticket.id(), 99));
        thief.events("spool-1", 1, 1);
        thief.next(ServerMessage.EventsAck.class);
        JsonNode shown = server.admin().get("/api/v1/approvals/" + ticket.id()).expect(200);
        assertThat(shown.path("state").asText()).isEqualTo("waiting");
        assertThat(shown.path("callers").asInt()).isEqualTo(1);
    }

    @Test
    void aDecisionTakenWhileTheAgentWasAwayReachesItWhenItComesBack() {
        TestAgent away = server.connectedAgent("away");
        Ticket ticket = away.submit(TestAgent.ticket());
        away.disconnect();
        Awaitility.await()
                .untilAsserted(() -> assertThat(server.admin()
                                .get("/api/v1/approvals/" + ticket.id())
                                .expect(200)
                                .path("workload")
                                .path("connected")
                                .asBoolean())
                        .isFalse());
        assertThat(approve(server.approver("alice"), ticket)
                        .expect(200)
                        .path("state")
                        .asText())
                .isEqualTo("approved");
        away.connect();
        away.hello("spool-1");
        assertThat(away.next(ServerMessage.ApprovalDecision.class).ticket()).isEqualTo(ticket.id());
    }

    private void awaitState(Ticket ticket, String state) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(server.admin()
                                .get("/api/v1/approvals/" + ticket.id())
                                .expect(200)
                                .path("state")
                                .asText())
                        .isEqualTo(state));
    }

    @SafeVarargs
    private static List<Integer> atOnce(Callable<Integer>... calls) throws Exception {
        CyclicBarrier start = new CyclicBarrier(calls.length);
        ExecutorService threads = Executors.newFixedThreadPool(calls.length);
        try {
            List<Future<Integer>> running = new ArrayList<>();
            for (Callable<Integer> call : calls) {
                running.add(threads.submit(() -> {
                    start.await(10, TimeUnit.SECONDS);
                    return call.call();
                }));
            }
            List<Integer> results = new ArrayList<>();
            for (Future<Integer> result : running) {
                results.add(result.get(30, TimeUnit.SECONDS));
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }
}
