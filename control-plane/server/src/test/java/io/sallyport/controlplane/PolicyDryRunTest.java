package io.sallyport.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.core.record.Event;
import io.sallyport.protocol.AgentMessage.Events;
import io.sallyport.protocol.AgentMessage.Numbered;
import io.sallyport.protocol.ServerMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A policy is tried on recorded calls before it is saved. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PolicyDryRunTest {

    private static final String ORDERS = "jdbc:postgresql://db.internal:5432/orders";
    private static final String USERS = "https://users.internal";
    private static final String NOW = """
            version: 1
            mode: enforce
            mask: [{name: cards, columns: [payments.card], with: redact}]
            guard: [{name: no-drop, when: {kind: [drop]}, then: deny}]
            """;

    private Running server;

    @BeforeAll
    void start() throws Exception {
        server = Running.on(Store.EMBEDDED);
        long base =
                server.admin().get("/api/v1/policy").expect(200).path("version").asLong();
        server.admin()
                .send("PUT", "/api/v1/policy", Map.of("yaml", NOW, "comment", "now", "base", base))
                .expect(200);
        TestAgent agent = server.connectedAgent("shop");
        List<Event> calls = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            calls.add(call(ORDERS, "delete", "DELETE FROM carts WHERE id = ?"));
            calls.add(call(ORDERS, "read", "SELECT name, email FROM users WHERE id = ?"));
        }
        calls.add(call(ORDERS, "read", "SELECT * FROM payments"));
        calls.add(call(ORDERS, "drop", "DROP TABLE carts"));
        calls.add(call(USERS, "DELETE /users/7", "DELETE /users/7"));
        calls.add(call("nonsense", "?", "?"));
        calls.add(call(ORDERS, "connect", ORDERS));
        List<Numbered> numbered = new ArrayList<>();
        for (Event event : calls) {
            numbered.add(new Numbered(numbered.size() + 1, event));
        }
        agent.send(new Events("spool-1", numbered));
        agent.next(ServerMessage.EventsAck.class);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private static Event call(String target, String summary, String detail) {
        return Event.builder(Instant.parse("2026-11-22T10:15:30Z"), Event.Type.DECISION)
                .session("session-1")
                .call("call")
                .target(target)
                .summary(summary)
                .detail(detail)
                .verdict("allow")
                .callSite("shop.Cart.clear:42")
                .thread("main")
                .build();
    }

    private JsonNode tried(String yaml) {
        return server.admin()
                .post("/api/v1/policy/dry-run", Map.of("yaml", yaml))
                .expect(200);
    }

    @Test
    void thePolicyInForceChangesNothing() {
        JsonNode report = tried(NOW);
        assertThat(report.path("calls").asLong()).isEqualTo(14);
        assertThat(report.path("untold").asLong()).isEqualTo(1);
        assertThat(report.path("refused").asLong()
                        + report.path("held").asLong()
                        + report.path("admitted").asLong())
                .isZero();
        assertThat(report.path("masked")).isEmpty();
        assertThat(report.path("examples")).isEmpty();
    }

    @Test
    void whatWouldBeRefusedHeldLetThroughAndMaskedIsCountedAndNamed() {
        JsonNode report = tried("""
                version: 1
                mode: enforce
                targets: [{name: users, http: "https://users.internal/**"}]
                mask: [{name: contact, columns: ["users.email"], with: redact}]
                guard:
                  - {name: no-deletes, when: {kind: [delete]}, then: deny}
                  - {name: ask, target: users, when: {method: DELETE}, then: approve, approval: {anyOf: [dba]}}
                """);
        assertThat(report.path("refused").asLong()).isEqualTo(5);
        assertThat(report.path("held").asLong()).isEqualTo(1);
        assertThat(report.path("admitted").asLong()).isEqualTo(1);
        assertThat(report.path("masked").path("users.email").asLong()).isEqualTo(5);
        assertThat(report.path("unmasked").path("payments.card").asLong()).isEqualTo(1);
        List<String> told = new ArrayList<>();
        report.path("examples")
                .forEach(e -> told.add(
                        e.path("calls").asLong() + " " + e.path("before").asText() + " "
                                + e.path("after").asText() + " "
                                + e.path("rules").path(0).asText("-") + ": "
                                + e.path("detail").asText()));
        assertThat(told)
                .containsExactlyInAnyOrder(
                        "5 allow deny no-deletes: DELETE FROM carts WHERE id = ?",
                        "1 allow hold ask: DELETE /users/7",
                        "1 deny allow -: DROP TABLE carts");
    }

    @Test
    void rulesThatOnlyObserveAreToldApart() {
        JsonNode report = tried(NOW.replace(
                "guard: [", "guard: [{name: no-deletes, mode: observe, when: {kind: [delete]}, then: deny}, "));
        assertThat(report.path("refused").asLong()).isZero();
        assertThat(report.path("observed").asLong()).isEqualTo(5);
    }

    @Test
    void onlyTheLastCallsAreTriedWhereThatIsAsked() {
        JsonNode report = server.admin()
                .post("/api/v1/policy/dry-run", Map.of("yaml", NOW, "calls", 3))
                .expect(200);
        assertThat(report.path("calls").asLong()).isEqualTo(3);
    }

    @Test
    void eachCallIsDecidedAtItsOwnTime() throws Exception {
        try (Running other = Running.on(Store.EMBEDDED)) {
            TestAgent agent = other.connectedAgent("nightly");
            List<Numbered> numbered = new ArrayList<>();
            for (int i = 1; i <= 10; i++) {
                String hour = i == 10 ? "12" : "02";
                numbered.add(new Numbered(
                        i,
                        Event.builder(Instant.parse("2026-11-23T" + hour + ":00:00Z"), Event.Type.DECISION)
                                .session("session-2")
                                .call("call")
                                .target(ORDERS)
                                .summary("delete")
                                .detail("DELETE FROM nightly WHERE id = ?")
                                .verdict("allow")
                                .callSite("shop.Night.run:1")
                                .thread("main")
                                .build()));
            }
            agent.send(new Events("spool-2", numbered));
            agent.next(ServerMessage.EventsAck.class);
            JsonNode report = other.admin()
                    .post(
                            "/api/v1/policy/dry-run",
                            Map.of(
                                    "calls",
                                    10,
                                    "yaml",
                                    NOW.replace(
                                            "guard: [",
                                            "guard: [{name: night, when: {kind: [delete],"
                                                    + " time: {from: \"22:00\", to: \"06:00\"}}, then: deny}, ")))
                    .expect(200);
            assertThat(report.path("refused").asLong()).isEqualTo(9);
            assertThat(report.path("examples"))
                    .singleElement()
                    .satisfies(example ->
                            assertThat(example.path("calls").asLong()).isEqualTo(9));
            assertThat(report.path("untested")).isEmpty();
        }
    }

    @Test
    void rulesThatTheRecordCannotAnswerAreNamedAndNotGuessed() {
        JsonNode report = tried(NOW.replace(
                "guard: [",
                "guard: [{name: fast, when: {kind: [delete], rate: {over: 1, per: 1m}}, then: deny},"
                        + " {name: new, when: {kind: [delete], newShape: {after: 0s}}, then: deny}, "));
        assertThat(report.path("untested")).map(JsonNode::asText).containsExactly("fast", "new");
        assertThat(report.path("refused").asLong()).isZero();
    }

    @Test
    void whatRulesSayOfValuesIsNotTriedOnCallsWhoseValuesAreNotRecorded() {
        JsonNode report = tried(NOW.replace(
                "guard: [",
                "guard: [{name: cards, when: {kind: [delete], detect: [CREDIT_CARD]}, then: deny},"
                        + " {name: tenant, when: {kind: [delete], params: {index: 1, isNull: true}}, then: deny}, "));
        assertThat(report.path("untested")).map(JsonNode::asText).containsExactly("cards", "tenant");
    }

    @Test
    void connectionsAreNoStatements() {
        JsonNode report = tried(NOW.replace("guard: [", "guard: [{name: unread, when: {opaque: true}, then: deny}, "));
        assertThat(report.path("calls").asLong()).isEqualTo(14);
        assertThat(report.path("examples").toString()).doesNotContain("connect");
    }

    @Test
    void anInvalidPolicyIsNotTriedAndNothingIsSaved() {
        long version =
                server.admin().get("/api/v1/policy").expect(200).path("version").asLong();
        JsonNode problem = server.admin()
                .post("/api/v1/policy/dry-run", Map.of("yaml", "version: 1\nmodus: enforce\n"))
                .expect(422);
        assertThat(problem.toString()).contains("modus");
        tried("version: 1\nmode: enforce\n");
        assertThat(server.admin()
                        .get("/api/v1/policy")
                        .expect(200)
                        .path("version")
                        .asLong())
                .isEqualTo(version);
    }
}
