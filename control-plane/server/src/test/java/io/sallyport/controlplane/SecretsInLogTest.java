package io.sallyport.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.protocol.AgentMessage;
import io.sallyport.protocol.EnrollResponse;
import io.sallyport.protocol.RenewRequest;
import io.sallyport.protocol.ServerMessage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Every secret and every statement passes through a real process that logs all it can; none of them is in its log. */
class SecretsInLogTest {

    private final Map<String, String> secrets = new LinkedHashMap<>();

    private String secret(String what, String value) {
        assertThat(value).as(what).hasSizeGreaterThan(7);
        secrets.put(what, value);
        return value;
    }

    @Test
    void noSecretAndNoStatementIsInTheLogWhateverItsLevel() throws Exception {
        Path data = Files.createTempDirectory("canaries");
        Path log = Files.createTempFile("canaries", ".log");
        Path hook = Files.writeString(
                Files.createTempFile("hook", ".secret"), secret("the webhook's secret", "canary-webhook-secret"));
        Path settings = Files.writeString(
                Files.createTempFile("settings", ".yaml"),
                // Nobody listens there: each notification fails and is logged.
                "url: https://cp.example.com\nnotify:\n  - {name: pager, webhook: \"http://localhost:9/canary-hook-path\", secret: \"file:"
                        + hook + "\"}\n");
        try (Spawned spawned = Spawned.start(
                data,
                Spawned.serve(
                                data,
                                List.of("-Dsallyport.log=trace", "-Dlogback.configurationFile=logback.xml"),
                                "--settings",
                                settings.toString())
                        .redirectError(log.toFile()))) {
            everyFlow(spawned.server());
            Awaitility.await().until(() -> Files.readString(log).contains("notification to pager failed"));
            spawned.process().destroy();
            assertThat(spawned.process().waitFor(10, TimeUnit.SECONDS)).isTrue();
        }
        String written = Files.readString(log);
        assertThat(written).as("it did log").contains("connected", "notification to pager failed");
        secrets.forEach((what, value) -> assertThat(written).as(what).doesNotContain(value));
    }

    private void everyFlow(Running server) throws Exception {
        secret("the first token", server.secret("admin-token"));
        secret("the first password", server.secret("admin-password"));
        Api admin = server.admin();
        JsonNode user = admin.post("/api/v1/users", Map.of("name", "alice", "roles", List.of("approver")))
                .expect(201);
        String password = secret("a password", user.path("password").asText());
        server.anyone()
                .post(
                        "/api/v1/login",
                        Map.of("user", "alice", "password", secret("a wrong password", "canary-wrong-pw")))
                .expect(401);
        server.anyone()
                .post("/api/v1/login", Map.of("user", secret("a password typed as a name", "canary-pw-as-user")))
                .expect(401);
        Api.Answer login = server.anyone().post("/api/v1/login", Map.of("user", "alice", "password", password));
        secret("a CSRF value", login.expect(200).path("csrf").asText());
        String cookie = login.raw().headers().firstValue("Set-Cookie").orElseThrow();
        secret("a session", cookie.substring(cookie.indexOf('=') + 1, cookie.indexOf(';')));
        server.as(secret("a wrong token", "spt.0123456789.canary-token-secret"))
                .get("/api/v1/me")
                .expect(401);
        String join = secret("a join token", server.joinToken("orders"));
        TestKey key = new TestKey();
        EnrollResponse enrolled = server.enroll(join, "orders", "i-1", key);
        String credential = secret("a credential", enrolled.credential());
        server.anyone()
                .post("/agent/v1/enroll", "{\"token\": \"" + secret("a broken body", "canary-broken") + "\", ")
                .expect(400);
        server.as(credential)
                .post("/agent/v1/renew", new RenewRequest(null, key.prove(credential)))
                .expect(200);
        JsonNode device =
                server.anyone().post("/api/v1/device-logins", Map.of()).expect(201);
        secret("a device", device.path("device").asText());
        TestAgent agent = new TestAgent(server, enrolled, key);
        agent.connect();
        agent.hello("spool");
        secret("a statement that waits", agent.submit(TestAgent.ticket()).detail());
        agent.send(new AgentMessage.Events(
                "spool",
                List.of(new AgentMessage.Numbered(
                        1, TestAgent.event(secret("a recorded statement", "select canary_column"), "allow")))));
        agent.next(ServerMessage.EventsAck.class);
        agent.sendText("{\"type\": \"events\", \"spool\": \"" + secret("a malformed message", "canary-malformed"));
        assertThat(agent.closeCode()).isEqualTo(1008);
        admin.post(
                        "/api/v1/policy/validate",
                        Map.of("yaml", secret("a policy with a key in it", "canary-policy-key: [")))
                .expect(200);
        admin.get("/api/v1/events?q=" + secret("what somebody looks for", "canary-search"))
                .expect(200);
    }
}
