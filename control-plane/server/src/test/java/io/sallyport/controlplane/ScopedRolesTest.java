package io.sallyport.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.core.hold.Ticket;
import io.sallyport.protocol.ServerMessage;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A role over some workloads shows and decides those, and nothing of the others. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ScopedRolesTest {

    private Running server;
    private TestAgent payments;
    private TestAgent shop;

    @BeforeAll
    void start() throws Exception {
        server = Running.on(Store.EMBEDDED);
        payments = server.connectedAgent("payments-api", Map.of("team", "payments", "env", "prod"));
        shop = server.connectedAgent("shop-api", Map.of("team", "shop", "env", "prod"));
        payments.events("spool-1", 1, 2);
        shop.events("spool-1", 1, 3);
        payments.next(ServerMessage.EventsAck.class);
        shop.next(ServerMessage.EventsAck.class);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private Api person(String name, String... roles) {
        return server.person(name, List.of(roles), List.of());
    }

    @Test
    void aRoleThatThereIsNotIsAnsweredWithAllThatThereAre() {
        assertThat(server.admin()
                        .post("/api/v1/users", Map.of("name", "typo", "roles", List.of("break-glass")))
                        .expect(422)
                        .path("error")
                        .asText())
                .contains("roles are viewer, auditor, approver, breakglass, author, admin, alone");
    }

    @Test
    void listsShowOnlyWhatTheRoleCovers() {
        Ticket ours = payments.submit(TestAgent.ticket());
        Ticket theirs = shop.submit(TestAgent.ticket());
        Api viewer = person("pia", "viewer@team=payments");
        assertThat(viewer.get("/api/v1/workloads").expect(200))
                .extracting(one -> one.path("name").asText())
                .containsExactly("payments-api");
        assertThat(viewer.get("/api/v1/approvals").expect(200))
                .extracting(one -> one.path("id").asText())
                .contains(ours.id())
                .doesNotContain(theirs.id());
        assertThat(viewer.get("/api/v1/events").expect(200).path("events"))
                .isNotEmpty()
                .allSatisfy(event ->
                        assertThat(event.path("workload").path("name").asText()).isEqualTo("payments-api"));
        JsonNode overview = viewer.get("/api/v1/overview").expect(200);
        assertThat(overview.path("workloads").path("known").asInt()).isEqualTo(1);
        assertThat(overview.path("totals").path("allow").asInt()).isEqualTo(2);
    }

    @Test
    void whatIsOutsideDoesNotExist() {
        Ticket theirs = shop.submit(TestAgent.ticket());
        Api admin = person("ada", "admin@team=payments");
        admin.get("/api/v1/workloads/" + shop.id()).expect(404);
        admin.get("/api/v1/approvals/" + theirs.id()).expect(404);
        admin.post("/api/v1/approvals/" + theirs.id() + "/approve", Map.of()).expect(404);
        admin.post("/api/v1/workloads/" + shop.id() + "/revoke", Map.of()).expect(404);
        admin.get("/api/v1/events?workload=shop-api").expect(200).path("events").forEach(event -> {
            throw new AssertionError("an event of another team: " + event);
        });
    }

    @Test
    void anApproverDecidesOnlyWhereTheRoleHolds() {
        Ticket ours = payments.submit(TestAgent.ticket());
        Ticket theirs = shop.submit(TestAgent.ticket());
        Api approver = person("otto", "approver@team=payments", "viewer");
        approver.post("/api/v1/approvals/" + theirs.id() + "/approve", Map.of()).expect(403);
        approver.post("/api/v1/approvals/" + ours.id() + "/approve", Map.of()).expect(200);
        Api narrower = person("nina", "approver@team=payments,env=test", "viewer");
        Ticket another = payments.submit(TestAgent.ticket());
        narrower.post("/api/v1/approvals/" + another.id() + "/approve", Map.of())
                .expect(403);
    }

    @Test
    void labelsThatAWorkloadGivesItselfOpenNothing() {
        String token = server.joinToken("liar");
        server.anyone()
                .post(
                        "/agent/v1/enroll",
                        Map.of(
                                "token",
                                token,
                                "workload",
                                "liar",
                                "instance",
                                "i-liar",
                                "labels",
                                Map.of("team", "payments")))
                .expect(200);
        assertThat(person("paul", "viewer@team=payments")
                        .get("/api/v1/workloads")
                        .text())
                .doesNotContain("liar");
    }

    @Test
    void theLiveStreamShowsNothingOfOthers() throws Exception {
        Api viewer = person("lena", "viewer@team=payments");
        HttpResponse<java.io.InputStream> stream = viewer.client()
                .send(viewer.request("/api/v1/stream").build(), HttpResponse.BodyHandlers.ofInputStream());
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
            lines.readLine();
            Ticket theirs = shop.submit(TestAgent.ticket());
            Ticket ours = payments.submit(TestAgent.ticket());
            StringBuilder seen = new StringBuilder();
            while (seen.indexOf(ours.id()) < 0) {
                seen.append(lines.readLine()).append('\n');
            }
            // Notices come in order: what was opened first would have been shown first.
            assertThat(seen).doesNotContain(theirs.id()).doesNotContain("shop-api");
        }
    }

    @Test
    void aRoleThatCannotBeReadIsRefused() {
        for (String role : List.of("approver@", "approver@team", "boss@team=a", "approver@team=a=b", "approver@,")) {
            server.admin()
                    .post("/api/v1/users", Map.of("name", "x", "roles", List.of(role)))
                    .expect(422);
        }
        JsonNode me = person("mia", "approver@team=payments,env=prod", "viewer@team=shop")
                .get("/api/v1/me")
                .expect(200);
        assertThat(me.path("grants"))
                .extracting(JsonNode::asText)
                .containsExactly("viewer@team=shop", "approver@env=prod,team=payments");
        assertThat(me.path("roles")).extracting(JsonNode::asText).containsExactly("viewer", "approver");
    }
}
