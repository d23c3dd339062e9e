package io.sallyport.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.core.hold.Ticket;
import io.sallyport.protocol.ServerMessage;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Tickets that the people asked first do not decide: further groups, and the broken glass. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UrgentApprovalsTest {

    private final MovableClock clock = new MovableClock();
    private Running server;
    private TestAgent agent;

    @BeforeAll
    void start() throws Exception {
        server = Running.on(Store.EMBEDDED, clock, Running.settings("""
                escalate:
                  - {of: [dba], after: 120, to: [oncall]}
                  - {of: [nobody-asks-us], after: 1, to: [everyone]}
                """));
        agent = server.connectedAgent("orders");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private Ticket asking(int required, String... groups) {
        return agent.submit(
                TestAgent.ticket(UUID.randomUUID().toString(), List.of(groups), required, false, Duration.ofHours(2)));
    }

    private static String path(Ticket ticket) {
        return "/api/v1/approvals/" + ticket.id();
    }

    private JsonNode shown(Ticket ticket) {
        return server.admin().get(path(ticket)).expect(200);
    }

    private ServerMessage.ApprovalDecision decision(Ticket ticket) {
        ServerMessage.ApprovalDecision decision = agent.next(ServerMessage.ApprovalDecision.class);
        while (!decision.ticket().equals(ticket.id())) {
            decision = agent.next(ServerMessage.ApprovalDecision.class);
        }
        return decision;
    }

    private String audited(String action) {
        for (JsonNode entry : server.admin().get("/api/v1/audit").expect(200)) {
            if (entry.path("action").asText().equals(action)) {
                return entry.toString();
            }
        }
        return "";
    }

    @Test
    void aTicketThatNobodyDecidesAsksFurtherGroupsAndStillTheFirst() {
        Ticket ticket = asking(2, "dba");
        Api late = server.approver("late-olga", "oncall");
        late.post(path(ticket) + "/approve", Map.of()).expect(403);
        clock.forward(Duration.ofSeconds(121));
        Awaitility.await().until(() -> !shown(ticket).path("escalated").isNull());
        assertThat(shown(ticket).path("anyOf").toString()).isEqualTo("[\"dba\",\"oncall\"]");
        late.post(path(ticket) + "/approve", Map.of()).expect(200);
        assertThat(shown(ticket).path("state").asText()).isEqualTo("waiting");
        server.approver("early-dan", "dba")
                .post(path(ticket) + "/approve", Map.of())
                .expect(200);
        assertThat(decision(ticket).by()).containsExactlyInAnyOrder("late-olga", "early-dan");
        assertThat(audited("approval.escalate")).contains(ticket.id(), "oncall");
    }

    @Test
    void aTicketOfOtherGroupsIsNotEscalated() {
        Ticket other = asking(1, "platform");
        Ticket meant = asking(1, "dba");
        clock.forward(Duration.ofSeconds(121));
        Awaitility.await().until(() -> !shown(meant).path("escalated").isNull());
        assertThat(shown(other).path("escalated").isNull()).isTrue();
        assertThat(shown(other).path("anyOf").toString()).isEqualTo("[\"platform\"]");
    }

    @Test
    void theBrokenGlassLetsOneCallRunAndEveryoneHearsOfIt() {
        Ticket ticket = asking(2, "dba");
        Api firefighter = server.person("fire", List.of("breakglass"), List.of());
        firefighter.post(path(ticket) + "/break-glass", Map.of()).expect(422);
        JsonNode ended = firefighter
                .post(path(ticket) + "/break-glass", Map.of("reason", "INC-7: shop is down"))
                .expect(200);
        assertThat(ended.path("state").asText()).isEqualTo("approved");
        ServerMessage.ApprovalDecision decision = decision(ticket);
        assertThat(decision.outcome()).isEqualTo("approved");
        assertThat(decision.by()).containsExactly("fire");
        assertThat(decision.unmask()).isFalse();
        assertThat(audited("approval.break-glass")).contains(ticket.id(), "INC-7");
        assertThat(server.admin().get("/api/v1/events?type=alarm").text())
                .contains("fire broke the glass: ticket " + ticket.id());
        firefighter
                .post(path(ticket) + "/break-glass", Map.of("reason", "again"))
                .expect(409);
    }

    @Test
    void noGlassIsBrokenWhoseAlarmCannotBeStored() throws Exception {
        Ticket ticket = asking(1, "dba");
        Api firefighter = server.person("fire3", List.of("breakglass"), List.of());
        Map<String, String> why = Map.of("reason", "INC-10");
        try (Connection store = DriverManager.getConnection(
                        "jdbc:h2:file:" + server.data().toAbsolutePath().resolve("store"));
                Statement statement = store.createStatement()) {
            statement.execute("alter table event add constraint no_alarm check (kind <> 'ALARM') nocheck");
            firefighter.post(path(ticket) + "/break-glass", why).expect(500);
            statement.execute("alter table event drop constraint no_alarm");
        }
        assertThat(shown(ticket).path("state").asText()).isEqualTo("waiting");
        firefighter.post(path(ticket) + "/break-glass", why).expect(200);
    }

    @Test
    void theBrokenGlassLeavesMasksEvenWhereSomeoneElseWouldLiftThem() {
        Ticket ticket = asking(3, "dba");
        server.approver("dan", "dba")
                .post(path(ticket) + "/approve", Map.of("unmask", true))
                .expect(200);
        server.person("fire2", List.of("breakglass"), List.of())
                .post(path(ticket) + "/break-glass", Map.of("reason", "INC-8"))
                .expect(200);
        assertThat(decision(ticket).unmask()).isFalse();
    }

    @Test
    void neitherAnApproverNorOnesOwnWorkloadBreaksTheGlass() {
        Ticket ticket = asking(1, "dba");
        Map<String, String> why = Map.of("reason", "INC-9");
        server.approver("dan2", "dba").post(path(ticket) + "/break-glass", why).expect(403);
        server.person("orders", List.of("breakglass"), List.of())
                .post(path(ticket) + "/break-glass", why)
                .expect(403);
        server.person("elsewhere", List.of("breakglass@team=other"), List.of())
                .post(path(ticket) + "/break-glass", why)
                .expect(404);
        assertThat(shown(ticket).path("state").asText()).isEqualTo("waiting");
    }

    @Test
    void anEscalationWithoutTimeOrGroupsKeepsItFromStarting() {
        for (String wrong : new String[] {"escalate: [{after: 10}]", "escalate: [{to: [oncall]}]"}) {
            assertThatThrownBy(() -> Running.on(Store.EMBEDDED, clock, Running.settings(wrong)))
                    .isInstanceOf(StartFailure.class)
                    .hasMessageContaining("escalate");
        }
    }
}
