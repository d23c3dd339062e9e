package io.sallyport.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.core.hold.Ticket;
import io.sallyport.protocol.AgentMessage;
import io.sallyport.protocol.ServerMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Two control planes on one PostgreSQL work as one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReplicasTest {

    private Running one;
    private Running other;

    @BeforeAll
    void start() throws Exception {
        one = Running.on(Store.POSTGRESQL);
        other = one.replica();
    }

    @AfterAll
    void stop() {
        if (one != null) {
            other.close();
            one.close();
        }
    }

    private int inForce() {
        return one.admin().get("/api/v1/policy").expect(200).path("version").asInt();
    }

    @Test
    void anApprovalGivenOnOneReachesAnAgentOnTheOtherWithinASecond() {
        TestAgent agent = one.connectedAgent("orders");
        Ticket ticket = agent.submit(TestAgent.ticket());
        other.approver("alice")
                .post("/api/v1/approvals/" + ticket.id() + "/approve", Map.of())
                .expect(200);
        ServerMessage.ApprovalDecision decision = agent.poll(ServerMessage.ApprovalDecision.class, 1000);
        assertThat(decision).isNotNull();
        assertThat(decision.by()).containsExactly("alice");
    }

    @Test
    void aDecisionIsOneAndIsHeardThoughTheConnectionsToTheDatabaseDropMeanwhile() throws Exception {
        TestAgent agent = one.connectedAgent("orders");
        Running[] replicas = {one, other};
        for (Running decides : replicas) {
            Ticket ticket = agent.submit(TestAgent.ticket());
            Api alice = decides.approver("alice");
            AtomicBoolean decided = new AtomicBoolean();
            Thread network = new Thread(() -> {
                for (int after = 0; after < 6; after += decided.get() ? 1 : 0) {
                    Store.dropConnections(one.database());
                    pause();
                }
            });
            network.start();
            int status = 500;
            while (status >= 500) {
                status = alice.post("/api/v1/approvals/" + ticket.id() + "/approve", Map.of())
                        .status();
            }
            // 409 where the first answer was lost.
            assertThat(status).isIn(200, 409);
            decided.set(true);
            network.join();
            assertThat(agent.next(ServerMessage.ApprovalDecision.class).ticket())
                    .isEqualTo(ticket.id());
            Awaitility.await()
                    .ignoreException(AssertionError.class)
                    .untilAsserted(() -> assertThat(one.admin()
                                    .get("/api/v1/approvals/" + ticket.id())
                                    .expect(200)
                                    .path("decisions"))
                            .hasSize(1));
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(200);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aPolicyPublishedOnOneReachesAnAgentOnTheOtherWithinASecond() {
        int before = inForce();
        TestAgent agent = one.connectedAgent("orders");
        agent.next(ServerMessage.PolicyUpdate.class);
        other.admin()
                .send("PUT", "/api/v1/policy", Map.of("yaml", "version: 1\nmode: enforce\n", "base", before))
                .expect(200);
        ServerMessage.PolicyUpdate policy = agent.poll(ServerMessage.PolicyUpdate.class, 1000);
        assertThat(policy).isNotNull();
        assertThat(policy.version()).isEqualTo(before + 1);
    }

    @Test
    void aPolicyOnTrialIsTheSameOnBothAndPromotedByEither() {
        int before = inForce();
        TestAgent canary = one.connectedAgent("orders", Map.of("env", "canary"));
        TestAgent prod = one.connectedAgent("orders", Map.of("env", "prod"));
        canary.next(ServerMessage.PolicyUpdate.class);
        prod.next(ServerMessage.PolicyUpdate.class);
        other.admin()
                .send(
                        "PUT",
                        "/api/v1/policy",
                        Map.of("yaml", "version: 1\nmode: enforce\n", "base", before, "stage", Map.of("env", "canary")))
                .expect(200);
        ServerMessage.PolicyUpdate tried = canary.poll(ServerMessage.PolicyUpdate.class, 1000);
        assertThat(tried).isNotNull();
        assertThat(tried.version()).isEqualTo(before + 1);
        assertThat(one.connectedAgent("late", Map.of("env", "prod"))
                        .next(ServerMessage.PolicyUpdate.class)
                        .version())
                .isEqualTo(before);
        one.admin()
                .post("/api/v1/policy/promote", Map.of("version", before + 1))
                .expect(200);
        // Nothing but the promotion has reached it.
        assertThat(prod.poll(ServerMessage.PolicyUpdate.class, 1000)).isEqualTo(tried);
    }

    @Test
    void anAgentRevokedOnOneIsCutOffTheOther() {
        TestAgent agent = one.connectedAgent("orders");
        other.admin()
                .post("/api/v1/workloads/" + agent.id() + "/revoke", Map.of("reason", "r"))
                .expect(200);
        assertThat(agent.closeCode()).isEqualTo(1008);
    }

    @Test
    void anAgentMovesFromOneToTheOtherWithoutLosingItsPlace() {
        TestAgent agent = one.connectedAgent("orders");
        agent.events("s", 1, 10);
        agent.next(ServerMessage.EventsAck.class);
        agent.disconnect();
        agent.connect(other);
        assertThat(agent.hello("s").acknowledged()).isEqualTo(10);
    }

    @Test
    void oneCredentialOnBothReplicasRaisesAnAlarmAndTheFirstChannelEnds() {
        TestAgent agent = one.connectedAgent("orders");
        TestAgent thief = new TestAgent(other, agent.enrolled());
        thief.connect();
        thief.hello("spool-1", 4711);
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(one.admin()
                                .get("/api/v1/events?type=ALARM&workload=" + agent.id())
                                .text())
                        .contains("two live processes", "pid 4711"));
        // A changed number of waiting calls is written at once, and shows that the workload lives elsewhere now.
        agent.send(new AgentMessage.Heartbeat(Instant.now(), 1));
        assertThat(agent.closeCode()).isEqualTo(1008);
    }
}
