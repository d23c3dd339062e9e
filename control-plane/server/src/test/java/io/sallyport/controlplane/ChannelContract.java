package io.sallyport.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.core.record.Event;
import io.sallyport.protocol.AgentMessage;
import io.sallyport.protocol.EnrollResponse;
import io.sallyport.protocol.PolicySignature;
import io.sallyport.protocol.ServerMessage;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What must be true of enrolment, the agents' channel and the record on every store. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ChannelContract {

    private final Store store;
    private final MovableClock clock = new MovableClock();
    private Running server;

    ChannelContract(Store store) {
        this.store = store;
    }

    @BeforeAll
    void start() throws Exception {
        server = Running.on(store, clock);
    }

    @AfterAll
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    private static String unique(String name) {
        return name + "-" + UUID.randomUUID().toString().substring(0, 8);
    }

    private Api.Answer enroll(Map<String, Object> body) {
        return server.anyone().post("/agent/v1/enroll", body);
    }

    private static Map<String, Object> request(String token, String instance) {
        return Map.of("token", token, "workload", "self", "instance", instance, "labels", Map.of("own", "label"));
    }

    private JsonNode workload(String id) {
        return server.admin().get("/api/v1/workloads/" + id).expect(200);
    }

    private List<JsonNode> events(String query) {
        List<JsonNode> events = new ArrayList<>();
        server.admin()
                .get("/api/v1/events?limit=1000&" + query)
                .expect(200)
                .path("events")
                .forEach(events::add);
        return events;
    }

    @Test
    void aJoinTokenGivesTheVerifiedIdentityThatTheAdministratorWrote() {
        String name = unique("billing");
        String token = server.admin()
                .post(
                        "/api/v1/join-tokens",
                        Map.of(
                                "workload",
                                name,
                                "labels",
                                Map.of("env", "prod"),
                                "groups",
                                List.of("tier1"),
                                "uses",
                                1))
                .expect(201)
                .path("token")
                .asText();
        TestAgent agent = new TestAgent(server, server.enroll(token, "i-am-root", "instance-1"));
        agent.connect();
        ServerMessage.Welcome welcome = agent.hello("spool");
        assertThat(welcome.subject()).isEqualTo(name);
        assertThat(welcome.labels()).isEqualTo(Map.of("env", "prod"));
        assertThat(welcome.groups()).containsExactly("tier1");
        assertThat(workload(agent.id()).path("verified").asBoolean()).isTrue();
    }

    @Test
    void aJoinTokenIsUsedUp() {
        String token = server.admin()
                .post("/api/v1/join-tokens", Map.of("workload", unique("w"), "uses", 1))
                .expect(201)
                .path("token")
                .asText();
        enroll(request(token, "first")).expect(200);
        assertThat(enroll(request(token, "second")).expect(401).path("error").asText())
                .contains("used up");
    }

    @Test
    void aWrongSecretIsToldNothingAboutTheToken() {
        String[] parts = server.joinToken(unique("w")).split("\\.");
        String wrong = String.join(".", parts[0], parts[1], parts[2], "x".repeat(43));
        String unknown = String.join(".", parts[0], parts[1], "0123456789", "x".repeat(43));
        String first = enroll(request(wrong, "i")).expect(401).path("error").asText();
        assertThat(enroll(request(unknown, "i")).expect(401).path("error").asText())
                .isEqualTo(first);
        assertThat(first).doesNotContain("xxx");
    }

    @Test
    void theSameInstanceStaysTheSameWorkloadAndItsOlderCredentialEnds() {
        String name = unique("w");
        String token = server.joinToken(name);
        EnrollResponse first = server.enroll(token, name, "same");
        EnrollResponse second = server.enroll(token, name, "same");
        assertThat(second.workloadId()).isEqualTo(first.workloadId());
        TestAgent old = new TestAgent(server, first);
        Assertions.assertThatThrownBy(old::connect).isInstanceOf(CompletionException.class);
        TestAgent current = new TestAgent(server, second);
        current.connect();
        current.hello("spool");
    }

    @Test
    void thePolicyAfterTheWelcomeCarriesTheSignatureOfTheEnrolledKey() throws Exception {
        TestAgent agent = server.connectedAgent(unique("w"));
        ServerMessage.PolicyUpdate policy = agent.next(ServerMessage.PolicyUpdate.class);
        Signature signature = Signature.getInstance("Ed25519");
        signature.initVerify(KeyFactory.getInstance("Ed25519")
                .generatePublic(new X509EncodedKeySpec(
                        Base64.getDecoder().decode(agent.enrolled().policyKey()))));
        signature.update(PolicySignature.bytes(policy.version(), policy.yaml()));
        assertThat(signature.verify(Base64.getDecoder().decode(policy.signature())))
                .isTrue();
    }

    @Test
    void eventsAreStoredOnceHoweverOftenTheyAreSent() {
        String name = unique("w");
        TestAgent agent = server.connectedAgent(name);
        agent.events("spool-1", 1, 50);
        assertThat(agent.next(ServerMessage.EventsAck.class).upTo()).isEqualTo(50);
        agent.events("spool-1", 1, 50);
        assertThat(agent.next(ServerMessage.EventsAck.class).upTo()).isEqualTo(50);
        agent.events("spool-1", 41, 20);
        assertThat(agent.next(ServerMessage.EventsAck.class).upTo()).isEqualTo(60);
        List<JsonNode> stored = events("workload=" + agent.id());
        assertThat(stored).hasSize(60);
        assertThat(stored.get(0).path("sequence").asLong()).isEqualTo(60);
        assertThat(stored.get(0).path("workload").path("name").asText()).isEqualTo(name);
        assertThat(stored.get(0).path("callSite").asText()).isEqualTo("com.example.Repository.find:12");
    }

    @Test
    void aReconnectingAgentLearnsWhereItsSpoolStands() {
        TestAgent agent = server.connectedAgent(unique("w"));
        agent.events("spool-1", 1, 5);
        agent.next(ServerMessage.EventsAck.class);
        agent.abort();
        agent.connect();
        assertThat(agent.hello("spool-1").acknowledged()).isEqualTo(5);
        agent.disconnect();
        agent.connect();
        assertThat(agent.hello("another-spool").acknowledged()).isZero();
    }

    @Test
    void aHoleInTheSequenceIsAnAlarm() {
        TestAgent agent = server.connectedAgent(unique("w"));
        agent.events("spool-1", 1, 3);
        agent.events("spool-1", 10, 3);
        agent.next(ServerMessage.EventsAck.class);
        assertThat(agent.next(ServerMessage.EventsAck.class).upTo()).isEqualTo(12);
        List<JsonNode> alarms = events("type=ALARM&workload=" + agent.id());
        assertThat(alarms).hasSize(1);
        assertThat(alarms.get(0).path("error").asText()).contains("4 to 9");
    }

    @Test
    void eventsAreFoundByVerdictTargetTextAndPage() {
        TestAgent agent = server.connectedAgent(unique("w"));
        List<AgentMessage.Numbered> batch = new ArrayList<>();
        batch.add(new AgentMessage.Numbered(1, TestAgent.event("select", "allow")));
        batch.add(new AgentMessage.Numbered(2, TestAgent.event("drop_100%", "deny")));
        batch.add(new AgentMessage.Numbered(3, TestAgent.event("merge", "hold")));
        agent.send(new AgentMessage.Events("s", batch));
        agent.next(ServerMessage.EventsAck.class);
        String mine = "workload=" + agent.id();
        assertThat(events(mine + "&verdict=deny")).hasSize(1);
        assertThat(events(mine + "&q=DROP_100%25")).hasSize(1);
        assertThat(events(mine + "&q=dropx100")).isEmpty();
        assertThat(events(mine + "&target=DB/orders")).hasSize(3);
        JsonNode first = server.admin().get("/api/v1/events?limit=2&" + mine).expect(200);
        JsonNode second = server.admin()
                .get("/api/v1/events?limit=2&" + mine + "&before="
                        + first.path("next").asLong())
                .expect(200);
        assertThat(second.path("events")).hasSize(1);
        assertThat(second.path("next").isNull()).isTrue();
    }

    @Test
    void eventsAreFoundByWhatOthersSayTooByTheirIncidentAndByWhatTheyAloneSay() {
        TestAgent agent = server.connectedAgent(unique("w"));
        Event mine = TestAgent.event("purge of " + unique("ledger"), "deny");
        Event http = Event.builder(Instant.now(), Event.Type.DECISION)
                .session("s")
                .call(unique("call"))
                .target("https://api.internal")
                .summary("GET /users")
                .detail("GET /users/4711?page=2")
                .verdict("allow")
                .callSite("com.example.Users.find:12")
                .thread("worker-" + unique("t"))
                .micros(5)
                .build();
        agent.send(new AgentMessage.Events(
                "s", List.of(new AgentMessage.Numbered(1, mine), new AgentMessage.Numbered(2, http))));
        agent.next(ServerMessage.EventsAck.class);
        assertThat(events("q="
                        + mine.summary()
                                .substring(6)
                                .toUpperCase(java.util.Locale.ROOT)
                                .replace(" ", "%20")))
                .hasSize(1);
        assertThat(events("q=" + http.call())).hasSize(1);
        assertThat(events("q=" + http.thread().substring(3))).hasSize(1);
        assertThat(events("q=users/4711&workload=" + agent.id())).hasSize(1);
        assertThat(events("q=users.find&target=API.internal&verdict=allow&type=decision&workload=" + agent.id()))
                .hasSize(1);
        assertThat(events("q=users.find&verdict=deny&workload=" + agent.id())).isEmpty();
        assertThat(events("q=users.find&workload=nobody")).isEmpty();
    }

    @Test
    void anEventWithOddTextIsStoredLikeAnyOther() {
        TestAgent agent = server.connectedAgent(unique("w"));
        Event odd = Event.builder(Instant.now(), Event.Type.DECISION)
                .session("s")
                .call("c")
                .target("jdbc:x\0y")
                .summary("s\0")
                .detail("\uD83D\uDE00 \"'\\ \0")
                .verdict("a-verdict-that-is-far-longer-than-its-column")
                .thread("t")
                .build();
        agent.send(new AgentMessage.Events("s", List.of(new AgentMessage.Numbered(1, odd))));
        assertThat(agent.next(ServerMessage.EventsAck.class).upTo()).isEqualTo(1);
        assertThat(events("workload=" + agent.id()).get(0).path("detail").asText())
                .isEqualTo("\uD83D\uDE00 \"'\\ \0");
    }

    @Test
    void theOverviewCountsDecisions() {
        JsonNode before = server.admin().get("/api/v1/overview").expect(200).path("totals");
        TestAgent agent = server.connectedAgent(unique("w"));
        agent.send(new AgentMessage.Events(
                "s",
                List.of(
                        new AgentMessage.Numbered(1, TestAgent.event("a", "allow")),
                        new AgentMessage.Numbered(2, TestAgent.event("b", "deny")),
                        new AgentMessage.Numbered(3, TestAgent.event("c", "deny")),
                        new AgentMessage.Numbered(4, TestAgent.event("d", "hold")))));
        agent.next(ServerMessage.EventsAck.class);
        JsonNode after = server.admin().get("/api/v1/overview").expect(200);
        assertThat(after.path("totals").path("deny").asLong())
                .isEqualTo(before.path("deny").asLong() + 2);
        assertThat(after.path("totals").path("allow").asLong())
                .isEqualTo(before.path("allow").asLong() + 1);
        assertThat(after.path("lastHour")).hasSize(60);
        assertThat(after.path("workloads").path("connected").asLong()).isPositive();
    }

    @Test
    void theMetricsAreInPrometheusTextFormatAndCountDecisions() {
        Map<String, Long> before = metrics();
        TestAgent agent = server.connectedAgent(unique("w"));
        agent.send(new AgentMessage.Events("s", List.of(new AgentMessage.Numbered(1, TestAgent.event("a", "deny")))));
        agent.next(ServerMessage.EventsAck.class);
        Map<String, Long> after = metrics();
        String denied = "sallyport_calls_total{verdict=\"deny\"}";
        assertThat(after.get(denied)).isEqualTo(before.get(denied) + 1);
        assertThat(after.get("sallyport_events_stored_total"))
                .isGreaterThan(before.get("sallyport_events_stored_total"));
        assertThat(after.get("sallyport_channels")).isPositive();
        assertThat(after).containsKeys("sallyport_approvals_waiting", "sallyport_policy_version");
    }

    private Map<String, Long> metrics() {
        Map<String, Long> samples = new LinkedHashMap<>();
        server.admin()
                .get("/metrics")
                .text()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .forEach(line -> {
                    assertThat(line).matches("[a-z_]+(\\{[a-z]+=\"[a-z]+\"})? [0-9]+");
                    int space = line.lastIndexOf(' ');
                    samples.put(line.substring(0, space), Long.parseLong(line.substring(space + 1)));
                });
        return samples;
    }

    @Test
    void whatAnAgentReportsAboutItselfIsShown() {
        TestAgent agent = server.connectedAgent(unique("w"));
        agent.send(new AgentMessage.CoverageReport(
                "enforce",
                List.of(
                        new AgentMessage.Component("jdbc", "org.h2.jdbc.JdbcConnection", "WOVEN", ""),
                        new AgentMessage.Component("jdbc", "x.Driver", "REFUSED", "final class"))));
        agent.send(new AgentMessage.Heartbeat(Instant.now(), 3));
        agent.send(new AgentMessage.PolicyStatus(1, true, ""));
        Event open = Event.builder(Instant.now(), Event.Type.OPEN)
                .session("session-9")
                .call("c")
                .target("jdbc:postgresql://db/orders")
                .summary("connect")
                .verdict("allow")
                .thread("main")
                .tls("TLSv1.3 TLS_AES_256_GCM_SHA384")
                .build();
        agent.send(new AgentMessage.Events("s", List.of(new AgentMessage.Numbered(1, open))));
        agent.next(ServerMessage.EventsAck.class);
        JsonNode shown = workload(agent.id());
        assertThat(shown.path("connected").asBoolean()).isTrue();
        assertThat(shown.path("mode").asText()).isEqualTo("enforce");
        assertThat(shown.path("waiting").asInt()).isEqualTo(3);
        assertThat(shown.path("policyVersion").asLong()).isEqualTo(1);
        assertThat(shown.path("coverage").path("woven").asInt()).isEqualTo(1);
        assertThat(shown.path("coverage").path("refused").asInt()).isEqualTo(1);
        assertThat(shown.path("components").get(1).path("reason").asText()).isEqualTo("final class");
        assertThat(shown.path("tls").get(0).path("tls").asText()).startsWith("TLSv1.3");
    }

    @Test
    void aRefusedPolicyIsAnAlarm() {
        TestAgent agent = server.connectedAgent(unique("w"));
        agent.send(new AgentMessage.PolicyStatus(9, false, "line 3: no such key"));
        agent.events("s", 1, 1);
        agent.next(ServerMessage.EventsAck.class);
        assertThat(workload(agent.id()).path("policyError").asText()).contains("no such key");
        assertThat(events("type=ALARM&workload=" + agent.id())).hasSize(1);
    }

    @Test
    void aRevokedWorkloadIsCutOffAndStaysOut() {
        String name = unique("w");
        String token = server.joinToken(name);
        TestAgent agent = new TestAgent(server, server.enroll(token, name, "i-1"));
        agent.connect();
        agent.hello("s");
        server.admin()
                .post("/api/v1/workloads/" + agent.id() + "/revoke", Map.of("reason", "stolen laptop"))
                .expect(200);
        agent.next(ServerMessage.Revoked.class);
        assertThat(agent.closeCode()).isEqualTo(1008);
        Assertions.assertThatThrownBy(agent::connect).isInstanceOf(CompletionException.class);
        enroll(request(token, "i-1")).expect(401);
        enroll(Map.of("token", server.joinToken(name), "workload", name, "instance", "i-1"))
                .expect(403);
        assertThat(workload(agent.id()).path("revoked").asBoolean()).isTrue();
    }

    @Test
    void oneCredentialInTwoLiveProcessesIsAnAlarm() {
        TestAgent agent = server.connectedAgent(unique("w"));
        TestAgent twin = new TestAgent(server, agent.enrolled());
        twin.connect();
        twin.hello("spool-1", 4711);
        assertThat(agent.closeCode()).isEqualTo(1008);
        assertThat(events("type=ALARM&workload=" + agent.id())
                        .get(0)
                        .path("error")
                        .asText())
                .contains("two live processes");
        twin.events("spool-1", 1, 1);
        twin.next(ServerMessage.EventsAck.class);
    }

    @Test
    void aMessageTypeOfANewerAgentIsSkipped() {
        TestAgent agent = server.connectedAgent(unique("w"));
        agent.sendText("{\"type\":\"somethingNew\",\"x\":1}");
        agent.events("s", 1, 1);
        assertThat(agent.next(ServerMessage.EventsAck.class).upTo()).isEqualTo(1);
    }

    @Test
    void nothingIsHandledBeforeHello() {
        TestAgent agent = server.agent(unique("w"));
        agent.connect();
        agent.events("s", 1, 1);
        assertThat(agent.closeCode()).isEqualTo(1008);
        assertThat(events("workload=" + agent.id())).isEmpty();
    }

    @Test
    void aMalformedMessageEndsTheChannelOnly() {
        TestAgent agent = server.connectedAgent(unique("w"));
        agent.sendText("{\"type\":\"events\",\"spool\":\"s\",\"events\":[{\"sequence\":\"x\"}]}");
        assertThat(agent.closeCode()).isEqualTo(1008);
        agent.connect();
        agent.hello("s");
    }

    @Test
    void anOversizedFrameEndsTheChannel() {
        TestAgent agent = server.connectedAgent(unique("w"));
        try {
            agent.sendText("{\"type\":\"heartbeat\",\"pad\":\"" + "x".repeat(3_000_000) + "\"}");
        } catch (CompletionException cutOffWhileSending) {
            // The control plane need not read to the end before it closes.
        }
        assertThat(agent.ended()).isTrue();
        agent.connect();
        agent.hello("s");
    }

    @Test
    void aWorkloadThatLeavesIsAway() {
        TestAgent agent = server.connectedAgent(unique("w"));
        agent.disconnect();
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(
                        () -> assertThat(workload(agent.id()).path("connected").asBoolean())
                                .isFalse());
    }

    @Test
    void aWorkloadsCredentialOpensNothingOfThePeoples() {
        TestAgent agent = server.agent(unique("w"));
        Api asAgent = server.as(agent.enrolled().credential());
        asAgent.get("/api/v1/approvals").expect(401);
        asAgent.get("/api/v1/events").expect(401);
        asAgent.get("/api/v1/policy").expect(401);
        asAgent.post("/api/v1/approvals/x/approve", Map.of()).expect(401);
    }

    @Test
    void aPersonsTokenOpensNoChannel() {
        TestAgent agent = new TestAgent(server, new EnrollResponse("x", server.secret("admin-token"), ""));
        Assertions.assertThatThrownBy(agent::connect).isInstanceOf(CompletionException.class);
    }

    @Test
    void noSecretIsStoredInTheClear() throws Exception {
        String joinToken = server.joinToken(unique("w"));
        TestAgent agent = server.agent(unique("w"));
        List<String> secrets = List.of(
                joinToken.substring(joinToken.lastIndexOf('.') + 1),
                agent.enrolled()
                        .credential()
                        .substring(agent.enrolled().credential().lastIndexOf('.') + 1),
                server.secret("admin-password"),
                server.secret("admin-token").substring(30));
        server.restart();
        if (store == Store.EMBEDDED) {
            byte[] file = java.nio.file.Files.readAllBytes(server.data().resolve("store.mv.db"));
            String text = new String(file, java.nio.charset.StandardCharsets.ISO_8859_1);
            assertThat(text.contains(agent.id())).isTrue();
            secrets.forEach(secret -> assertThat(text.contains(secret)).isFalse());
        }
        for (JsonNode entry : server.admin().get("/api/v1/audit?limit=1000").expect(200)) {
            secrets.forEach(secret -> assertThat(entry.toString()).doesNotContain(secret));
        }
    }
}
