package io.sallyport.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.core.hold.Ticket;
import io.sallyport.protocol.EnrollResponse;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Who is deleted is gone, in every spelling and wherever they took part. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeletedPersonTest {

    private Running server;

    @BeforeAll
    void start() throws Exception {
        server = Running.on(Store.EMBEDDED);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private void create(String name) {
        server.admin()
                .post("/api/v1/users", Map.of("name", name, "roles", List.of("approver")))
                .expect(201);
    }

    private void delete(String name) {
        server.admin().send("DELETE", "/api/v1/users/" + name, null).expectStatus(204);
    }

    private Ticket needing(TestAgent agent, int persons) {
        return agent.submit(
                TestAgent.ticket(UUID.randomUUID().toString(), List.of(), persons, false, Duration.ofMinutes(10)));
    }

    private static JsonNode approve(Api person, Ticket ticket, Object body) {
        return person.post("/api/v1/approvals/" + ticket.id() + "/approve", body)
                .expect(200);
    }

    private JsonNode confirmedLogin(Api person) {
        JsonNode login = server.anyone().post("/api/v1/device-logins", Map.of()).expect(201);
        person.post("/api/v1/device-logins/" + login.path("code").asText() + "/confirm", Map.of())
                .expect(200);
        return login;
    }

    private Api.Answer fetched(JsonNode login) {
        return server.anyone()
                .post(
                        "/api/v1/device-logins/token",
                        Map.of("device", login.path("device").asText()));
    }

    @Test
    void tokensEndInEverySpelling() {
        create("alice");
        Api other = server.approver("Alice");
        Api unlike = server.approver("alicia");
        delete("alice");
        other.get("/api/v1/me").expect(401);
        unlike.get("/api/v1/me").expect(200);
        assertThat(server.admin().get("/api/v1/audit").text()).contains("user.delete", "token.delete");
    }

    private Api token(Api maker, String name, List<String> roles) {
        return server.as(maker.post("/api/v1/tokens", Map.of("name", name, "roles", roles))
                .expect(201)
                .path("token")
                .asText());
    }

    @Test
    void tokensThatThePersonMadeInOtherNamesEndWithWhatTheyVotedAndGranted() {
        Api mallory = server.signedIn("mallory", List.of("admin")).at(server);
        Api pipeline = token(mallory, "ci", List.of("admin"));
        Api nested = token(pipeline, "ci-2", List.of("admin"));
        Api ofHerToken = token(server.person("Mallory", List.of("admin"), List.of()), "ci-3", List.of("admin"));
        Api others = token(server.admin(), "ci", List.of("approver"));
        TestAgent agent = server.connectedAgent("shipping");
        Ticket granted = needing(agent, 1);
        approve(nested, granted, Map.of("grantMinutes", 30));
        Ticket waiting = needing(server.connectedAgent("returns"), 2);
        approve(pipeline, waiting, Map.of());
        TestAgent elsewhere = server.connectedAgent("stock");
        Ticket stays = needing(elsewhere, 1);
        approve(others, stays, Map.of("grantMinutes", 30));

        delete("mallory");

        pipeline.get("/api/v1/me").expect(401);
        nested.get("/api/v1/me").expect(401);
        ofHerToken.get("/api/v1/me").expect(401);
        others.get("/api/v1/me").expect(200);
        assertThat(revoked(granted)).isTrue();
        assertThat(revoked(stays)).isFalse();
        assertThat(server.admin()
                        .get("/api/v1/approvals/" + waiting.id())
                        .expect(200)
                        .path("decisions"))
                .isEmpty();
        assertThat(server.admin().get("/api/v1/audit").text())
                .contains("ci, mallory was deleted", "ci-2, mallory was deleted", "ci-3, mallory was deleted");
    }

    private boolean revoked(Ticket ticket) {
        for (JsonNode grant : server.admin().get("/api/v1/grants").expect(200)) {
            if (grant.path("approval").asText().equals(ticket.id())) {
                return grant.hasNonNull("revoked");
            }
        }
        throw new AssertionError("no grant of " + ticket.id());
    }

    @Test
    void nobodyDeletesWhoeverMadeTheirToken() {
        Api trudy = server.signedIn("trudy", List.of("admin")).at(server);
        token(trudy, "deployer", List.of("admin"))
                .send("DELETE", "/api/v1/users/trudy", null)
                .expectStatus(409);
    }

    @Test
    void nobodyDeletesThemselvesByAnotherSpelling() {
        create("carol");
        server.person("CAROL", List.of("admin"), List.of())
                .send("DELETE", "/api/v1/users/carol", null)
                .expectStatus(409);
    }

    @Test
    void toolsEnd() {
        Api tina = server.signedIn("tina", List.of()).at(server);
        String token = fetched(confirmedLogin(tina)).expect(200).path("token").asText();
        EnrollResponse tool = server.enroll(token, "x", "tool-1");
        JsonNode confirmed = confirmedLogin(tina);
        delete("tina");
        fetched(confirmed).expect(404);
        server.anyone()
                .post(
                        "/agent/v1/enroll",
                        Map.of("token", token, "workload", "x", "instance", "tool-2", "labels", Map.of()))
                .expect(401);
        assertThat(server.admin()
                        .get("/api/v1/workloads/" + tool.workloadId())
                        .expect(200)
                        .path("revoked")
                        .asBoolean())
                .isTrue();
    }

    private Api.Answer enrolled(String joinToken, String instance) {
        return server.anyone()
                .post(
                        "/agent/v1/enroll",
                        Map.of("token", joinToken, "workload", "x", "instance", instance, "labels", Map.of()));
    }

    private static String joinToken(Api maker) {
        return maker.post("/api/v1/join-tokens", Map.of("workload", "orders", "uses", 5))
                .expect(201)
                .path("token")
                .asText();
    }

    @Test
    void joinTokensEndThatThePersonMadeAlsoWithATokenInAnotherNameAndWhatJoinedBeforeStays() {
        Api victor = server.signedIn("victor", List.of("admin")).at(server);
        String own = joinToken(victor);
        String byHisToken = joinToken(token(victor, "pipeline", List.of("admin")));
        String byAnother = joinToken(server.admin());
        String joined = enrolled(own, "i-1").expect(200).path("workloadId").asText();
        delete("victor");
        assertThat(enrolled(own, "i-2").expect(401).path("error").asText()).contains("deleted");
        enrolled(byHisToken, "i-3").expect(401);
        enrolled(byAnother, "i-4").expect(200);
        assertThat(server.admin()
                        .get("/api/v1/workloads/" + joined)
                        .expect(200)
                        .path("revoked")
                        .asBoolean())
                .isFalse();
    }

    @Test
    void whoSentHalfOfARequestBeforeIsNotHeardAfter() throws Exception {
        Api trickling = server.signedIn("oscar", List.of("admin")).at(server);
        String secret = trickling
                .post("/api/v1/me/tokens", Map.of())
                .expect(201)
                .path("token")
                .asText();
        String body = "{\"name\":\"left-behind\",\"roles\":[\"admin\"]}";
        URI address = URI.create(server.url());
        try (Socket socket = Api.trusting(server.data().resolve("ca.pem"))
                .getSocketFactory()
                .createSocket(address.getHost(), address.getPort())) {
            OutputStream out = socket.getOutputStream();
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            out.write(("POST /api/v1/tokens HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + secret
                            + "\r\nContent-Type: application/json\r\nExpect: 100-continue\r\nContent-Length: "
                            + body.length() + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            // Who asks for the body knows whose it is.
            assertThat(in.readLine()).contains("100");
            assertThat(in.readLine()).isEmpty();
            delete("oscar");
            out.write(body.getBytes(StandardCharsets.US_ASCII));
            assertThat(in.readLine()).contains("401");
        }
        assertThat(server.admin().get("/api/v1/tokens").text()).doesNotContain("left-behind");
    }

    @Test
    void aVoteCountsNoMore() {
        create("dave");
        TestAgent agent = server.connectedAgent("orders");
        Ticket ticket = needing(agent, 2);
        approve(server.approver("Dave"), ticket, Map.of());
        delete("dave");
        JsonNode after = approve(server.approver("bob"), ticket, Map.of());
        assertThat(after.path("state").asText()).isEqualTo("waiting");
        assertThat(after.path("decisions")).hasSize(1);
        assertThat(approve(server.approver("erin"), ticket, Map.of())
                        .path("state")
                        .asText())
                .isEqualTo("approved");
    }

    @Test
    void aVoteWithATokenThatIsGoneCountsNoMore() {
        JsonNode made = server.admin()
                .post("/api/v1/tokens", Map.of("name", "robot", "roles", List.of("approver")))
                .expect(201);
        Ticket ticket = needing(server.connectedAgent("invoices"), 2);
        approve(server.as(made.path("token").asText()), ticket, Map.of());
        server.admin()
                .send("DELETE", "/api/v1/tokens/" + made.path("id").asText(), null)
                .expectStatus(204);
        JsonNode after = approve(server.approver("frank"), ticket, Map.of());
        assertThat(after.path("state").asText()).isEqualTo("waiting");
        assertThat(after.path("decisions")).hasSize(1);
        assertThat(server.admin().get("/api/v1/audit").text()).contains("robot may not decide this any more");
        assertThat(approve(server.approver("gina"), ticket, Map.of())
                        .path("state")
                        .asText())
                .isEqualTo("approved");
    }

    @Test
    void aGrantEndsAndTheApprovalThatIsOverStays() {
        create("greta");
        TestAgent agent = server.connectedAgent("billing");
        Ticket ticket = needing(agent, 2);
        approve(server.approver("Greta"), ticket, Map.of("grantMinutes", 30));
        approve(server.approver("bob"), ticket, Map.of("grantMinutes", 30));
        delete("greta");
        assertThat(server.admin().get("/api/v1/grants").expect(200))
                .filteredOn(grant -> grant.path("approval").asText().equals(ticket.id()))
                .singleElement()
                .satisfies(grant -> assertThat(grant.hasNonNull("revoked")).isTrue());
        JsonNode decided =
                server.admin().get("/api/v1/approvals/" + ticket.id()).expect(200);
        assertThat(decided.path("state").asText()).isEqualTo("approved");
        assertThat(decided.path("decisions")).hasSize(2);
    }
}
