package io.sallyport.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.core.hold.Ticket;
import io.sallyport.protocol.ServerMessage;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two processes on one PostgreSQL work as one. */
class ReplicasTest {

    private Running one;
    private Running other;

    @BeforeEach
    void start() throws Exception {
        one = Running.on(Store.POSTGRESQL);
        other = one.replica();
    }

    @AfterEach
    void stop() {
        if (one != null) {
            other.close();
            one.close();
        }
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
    void aPolicyPublishedOnOneReachesAnAgentOnTheOtherWithinASecond() {
        TestAgent agent = one.connectedAgent("orders");
        agent.next(ServerMessage.PolicyUpdate.class);
        other.admin()
                .send("PUT", "/api/v1/policy", Map.of("yaml", "version: 1\nmode: enforce\n", "base", 1))
                .expect(200);
        ServerMessage.PolicyUpdate policy = agent.poll(ServerMessage.PolicyUpdate.class, 1000);
        assertThat(policy).isNotNull();
        assertThat(policy.version()).isEqualTo(2);
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
}
