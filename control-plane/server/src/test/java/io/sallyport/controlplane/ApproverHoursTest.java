package io.sallyport.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.core.hold.ApproverHours;
import io.sallyport.core.hold.Ticket;
import io.sallyport.core.time.WeekWindow;
import io.sallyport.protocol.ServerMessage;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Approvers decide at the hours that the policy gives to them, by the control plane's clock. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApproverHoursTest {

    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final ApproverHours ROTA = new ApproverHours(List.of(
            new ApproverHours.Span(
                    List.of("dba"),
                    new WeekWindow(
                            EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY),
                            LocalTime.of(9, 0),
                            LocalTime.of(18, 0),
                            PARIS)),
            new ApproverHours.Span(
                    List.of("oncall"),
                    new WeekWindow(EnumSet.allOf(DayOfWeek.class), LocalTime.of(22, 0), LocalTime.of(6, 0), PARIS))));

    private final MovableClock clock = new MovableClock();
    private Running server;
    private TestAgent agent;

    @BeforeAll
    void start() throws Exception {
        // People's tokens live an hour: each test makes its own, at its own time.
        server = Running.on(Store.EMBEDDED, clock);
        agent = server.connectedAgent("orders");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private Ticket at(String moment) {
        return at(moment, 1, false);
    }

    private Ticket at(String moment, int required, boolean eachOf) {
        clock.set(Instant.parse(moment));
        Ticket t = TestAgent.ticket(
                UUID.randomUUID().toString(), List.of("dba", "oncall"), required, false, Duration.ofHours(12));
        return agent.submit(t.toBuilder()
                .required(required)
                .hours(List.of(ROTA))
                .eachOf(eachOf)
                .build());
    }

    private static Api.Answer approve(Api person, Ticket ticket) {
        return person.post("/api/v1/approvals/" + ticket.id() + "/approve", Map.of());
    }

    @Test
    void eachGroupDecidesAtItsHoursOnly() {
        Ticket ticket = at("2027-03-03T10:00:00Z");
        Api.Answer early = approve(server.approver("olga", "oncall"), ticket);
        assertThat(early.status()).isEqualTo(403);
        assertThat(early.json().path("error").asText())
                .contains("dba Mon–Fri 09:00–18:00 Europe/Paris", "oncall 22:00–06:00 Europe/Paris");
        approve(server.approver("dan", "dba"), ticket).expect(200);
        assertThat(agent.next(ServerMessage.ApprovalDecision.class).by()).containsExactly("dan");
    }

    @Test
    void nobodyCountsForAGroupWhoseTimeItIsNot() {
        Ticket ticket = at("2027-03-03T11:00:00Z", 2, true);
        approve(server.approver("both", "dba", "oncall"), ticket).expect(200);
        assertThat(approve(server.approver("dora", "dba"), ticket)
                        .expect(200)
                        .path("state")
                        .asText())
                .isEqualTo("waiting");
    }

    @Test
    void aWindowCrossesMidnight() {
        Ticket ticket = at("2027-03-04T02:00:00Z");
        approve(server.approver("dan", "dba"), ticket).expect(403);
        approve(server.approver("olga", "oncall"), ticket).expect(200);
        assertThat(agent.next(ServerMessage.ApprovalDecision.class).by()).containsExactly("olga");
    }

    @Test
    void theTicketSaysWhoMayWhenAndWhenItIsNobodysTime() {
        Ticket ticket = at("2027-03-05T19:00:00Z");
        JsonNode shown = server.admin().get("/api/v1/approvals/" + ticket.id()).expect(200);
        assertThat(shown.path("hours").toString()).contains("oncall 22:00–06:00 Europe/Paris");
        assertThat(shown.path("opens").asText()).isEqualTo("2027-03-05T21:00:00Z");
        approve(server.approver("dan", "dba"), ticket).expect(403);
        approve(server.approver("olga", "oncall"), ticket).expect(403);
        clock.forward(Duration.ofHours(2));
        JsonNode open = server.admin().get("/api/v1/approvals/" + ticket.id()).expect(200);
        assertThat(open.path("opens").isNull()).isTrue();
    }

    @Test
    void anEmergencyKnowsNoHours() {
        Ticket ticket = at("2027-03-05T19:30:00Z");
        server.person("fire", List.of("breakglass"), List.of())
                .post("/api/v1/approvals/" + ticket.id() + "/break-glass", Map.of("reason", "INC-1"))
                .expect(200);
    }
}
