package io.sallyport.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.core.hold.Ticket;
import io.sallyport.protocol.EnrollResponse;
import io.sallyport.protocol.RenewRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A person lets tools of their own in. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeviceLoginTest {

    private final MovableClock clock = new MovableClock();
    private Running server;
    private Api alice;

    @BeforeAll
    void start() throws Exception {
        server = Running.on(Store.EMBEDDED, clock);
        alice = server.signedIn("alice", List.of("approver"), "support-tier2").at(server);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private JsonNode begun() {
        return server.anyone().post("/api/v1/device-logins", Map.of()).expect(201);
    }

    private Api.Answer fetched(JsonNode login) {
        return server.anyone()
                .post(
                        "/api/v1/device-logins/token",
                        Map.of("device", login.path("device").asText()));
    }

    private static String path(JsonNode login) {
        return "/api/v1/device-logins/" + login.path("code").asText();
    }

    private String token(Api person) {
        JsonNode login = begun();
        person.post(path(login) + "/confirm", Map.of()).expect(200);
        return fetched(login).expect(200).path("token").asText();
    }

    @Test
    void theTokenComesAfterTheConfirmationAndOnce() {
        JsonNode login = begun();
        assertThat(fetched(login).status()).isEqualTo(202);
        assertThat(alice.get(path(login)).expect(200).path("askedFrom").asText())
                .isEqualTo("127.0.0.1");
        alice.post(path(login) + "/confirm", Map.of()).expect(200);
        // Confirmed, it is nobody else's to see or to take over.
        alice.get(path(login)).expect(404);
        server.signedIn("mallory", List.of())
                .at(server)
                .post(path(login) + "/confirm", Map.of())
                .expect(404);
        assertThat(fetched(login).expect(200).path("token").asText()).startsWith("sp1.");
        fetched(login).expect(404);
    }

    @Test
    void noTokenConfirmsBecauseWhoeverMadeItWouldHaveAToolInItsName() {
        JsonNode login = begun();
        Api ofAnother = server.person("alice", List.of("admin"), List.of("support-tier2"));
        assertThat(ofAnother
                        .post(path(login) + "/confirm", Map.of())
                        .expect(403)
                        .path("error")
                        .asText())
                .contains("sign in at the dashboard");
        server.admin().post(path(login) + "/confirm", Map.of()).expect(403);
        assertThat(fetched(login).status()).isEqualTo(202);
    }

    @Test
    void aCodeThatIsConfirmedTooLateOpensNothing() {
        JsonNode login = begun();
        clock.forward(Duration.ofMinutes(11));
        alice.post(path(login) + "/confirm", Map.of()).expect(404);
        fetched(login).expect(404);
    }

    @Test
    void aToolThatJoinsWithItIsThePerson() {
        EnrollResponse enrolled =
                server.enroll(token(alice), "a-debugger", UUID.randomUUID().toString());
        JsonNode workload =
                server.admin().get("/api/v1/workloads/" + enrolled.workloadId()).expect(200);
        assertThat(workload.path("name").asText()).isEqualTo("alice");
        assertThat(workload.path("verified").asBoolean()).isTrue();
        assertThat(workload.path("groups").toString()).isEqualTo("[\"support-tier2\"]");
        TestAgent tool = new TestAgent(server, enrolled);
        tool.connect();
        tool.hello("spool-1");
        Ticket ticket = tool.submit(TestAgent.ticket());
        // Nobody approves their own call.
        alice.post("/api/v1/approvals/" + ticket.id() + "/approve", Map.of()).expect(403);
        server.approver("bob")
                .post("/api/v1/approvals/" + ticket.id() + "/approve", Map.of())
                .expect(200);
    }

    @Test
    void itsCredentialEndsWithTheLoginAndIsNotRenewed() {
        TestKey key = new TestKey();
        EnrollResponse enrolled =
                server.enroll(token(alice), "x", UUID.randomUUID().toString(), key);
        assertThat(enrolled.expires()).isBeforeOrEqualTo(clock.instant().plus(Duration.ofHours(8)));
        assertThat(server.as(enrolled.credential())
                        .post("/agent/v1/renew", new RenewRequest(null, key.prove(enrolled.credential())))
                        .status())
                .isEqualTo(401);
    }

    @Test
    void guessingCodesIsSlowedDown() {
        int status = 404;
        for (int i = 0; i < 8 && status == 404; i++) {
            status = alice.get("/api/v1/device-logins/guess-" + i).status();
        }
        assertThat(status).isEqualTo(429);
        clock.forward(Duration.ofMinutes(16));
    }
}
