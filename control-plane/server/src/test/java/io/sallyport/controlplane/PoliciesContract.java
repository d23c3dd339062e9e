package io.sallyport.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.protocol.ServerMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What must be true of policy versions on every store. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PoliciesContract {

    private static final String POLICY = "version: 1\nmode: enforce\ndefault: {jdbc: allow, http: allow}\n";

    private final Store store;
    private Running server;
    private Api author;

    PoliciesContract(Store store) {
        this.store = store;
    }

    @BeforeAll
    void start() throws Exception {
        server = Running.on(store);
        author = server.person("ann", List.of("author"), List.of());
    }

    @AfterAll
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    private long newest() {
        return author.get("/api/v1/policy").expect(200).path("version").asLong();
    }

    private Api.Answer save(String yaml, long base) {
        return author.send("PUT", "/api/v1/policy", Map.of("yaml", yaml, "comment", "why", "base", base));
    }

    @Test
    void aSavedPolicyIsTheNewestVersionWithItsAuthor() {
        long base = newest();
        assertThat(save(POLICY, base).expect(200).path("version").asLong()).isEqualTo(base + 1);
        JsonNode current = author.get("/api/v1/policy").expect(200);
        assertThat(current.path("yaml").asText()).isEqualTo(POLICY);
        assertThat(current.path("author").asText()).isEqualTo("ann");
        assertThat(author.get("/api/v1/overview").expect(200).path("mode").asText())
                .isEqualTo("enforce");
    }

    @Test
    void anInvalidPolicyIsRefusedWithLinesAndChangesNothing() {
        long base = newest();
        JsonNode refused = save("version: 1\nmode: enforce\nguards: []\n", base).expect(422);
        assertThat(refused.path("details").get(0).path("line").asInt()).isEqualTo(3);
        assertThat(newest()).isEqualTo(base);
        JsonNode checked = author.post("/api/v1/policy/validate", Map.of("yaml", "mode: nonsense\n"))
                .expect(200);
        assertThat(checked.path("valid").asBoolean()).isFalse();
    }

    @Test
    void anAuthorWhoStartedFromAnOldVersionIsTold() {
        long base = newest();
        save(POLICY, base).expect(200);
        save(POLICY, base).expect(409);
    }

    @Test
    void ofTwoAuthorsAtOnceOneWins() throws Exception {
        long base = newest();
        CyclicBarrier start = new CyclicBarrier(2);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Future<Integer>> running = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                running.add(threads.submit(() -> {
                    start.await(10, TimeUnit.SECONDS);
                    return save(POLICY, base).status();
                }));
            }
            assertThat(List.of(
                            running.get(0).get(30, TimeUnit.SECONDS),
                            running.get(1).get(30, TimeUnit.SECONDS)))
                    .containsExactlyInAnyOrder(200, 409);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void anOldVersionComesBackAsANewOne() {
        String first =
                author.get("/api/v1/policy/versions/1").expect(200).path("yaml").asText();
        save(POLICY, newest()).expect(200);
        long back = author.post("/api/v1/policy/rollback", Map.of("version", 1))
                .expect(200)
                .path("version")
                .asLong();
        assertThat(author.get("/api/v1/policy").expect(200).path("yaml").asText())
                .isEqualTo(first);
        assertThat(back).isEqualTo(newest());
    }

    @Test
    void everyConnectedAgentHasANewPolicyWithinASecond() {
        List<TestAgent> agents = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            TestAgent agent = server.connectedAgent("fleet");
            agent.next(ServerMessage.PolicyUpdate.class);
            agents.add(agent);
        }
        long version = save(POLICY, newest()).expect(200).path("version").asLong();
        long published = System.nanoTime();
        for (TestAgent agent : agents) {
            long left = 1000 - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - published);
            ServerMessage.PolicyUpdate update = agent.poll(ServerMessage.PolicyUpdate.class, Math.max(left, 1));
            assertThat(update).isNotNull();
            assertThat(update.version()).isEqualTo(version);
        }
    }

    private TestAgent agentAt(String env) {
        TestAgent agent = server.connectedAgent("staged", Map.of("env", env));
        agent.next(ServerMessage.PolicyUpdate.class);
        return agent;
    }

    private long stage(String mode, String env) {
        return author.send(
                        "PUT",
                        "/api/v1/policy",
                        Map.of(
                                "yaml",
                                "version: 1\nmode: " + mode + "\n",
                                "base",
                                author.get("/api/v1/policy")
                                        .expect(200)
                                        .path("newest")
                                        .asLong(),
                                "stage",
                                Map.of("env", env)))
                .expect(200)
                .path("version")
                .asLong();
    }

    @Test
    void aVersionOnTrialReachesOnlyTheWorkloadsWithItsLabelsUntilItIsPromoted() {
        TestAgent canary = agentAt("canary");
        TestAgent prod = agentAt("prod");
        long before = newest();
        long tried = stage("enforce", "canary");
        ServerMessage.PolicyUpdate update = canary.poll(ServerMessage.PolicyUpdate.class, 1000);
        assertThat(update).isNotNull();
        assertThat(update.version()).isEqualTo(tried);
        assertThat(prod.poll(ServerMessage.PolicyUpdate.class, 300)).isNull();
        JsonNode shown = author.get("/api/v1/policy").expect(200);
        assertThat(shown.path("version").asLong()).isEqualTo(before);
        assertThat(shown.path("staged").get(0).path("version").asLong()).isEqualTo(tried);
        assertThat(shown.path("staged").get(0).path("stage").path("env").asText())
                .isEqualTo("canary");
        author.post("/api/v1/policy/promote", Map.of("version", tried)).expect(200);
        assertThat(prod.poll(ServerMessage.PolicyUpdate.class, 1000)).isEqualTo(update);
        assertThat(canary.poll(ServerMessage.PolicyUpdate.class, 300)).isNull();
        assertThat(newest()).isEqualTo(tried);
        author.post("/api/v1/policy/promote", Map.of("version", tried)).expect(409);
    }

    @Test
    void aTrialThatIsTakenBackLeavesEveryWorkloadWithTheSameText() {
        TestAgent canary = agentAt("canary");
        TestAgent prod = agentAt("prod");
        String text = author.get("/api/v1/policy").expect(200).path("yaml").asText();
        long before = newest();
        long tried = stage("enforce", "canary");
        canary.next(ServerMessage.PolicyUpdate.class);
        author.post("/api/v1/policy/rollback", Map.of("version", before)).expect(200);
        ServerMessage.PolicyUpdate back = canary.next(ServerMessage.PolicyUpdate.class);
        assertThat(back.version()).isGreaterThan(tried);
        assertThat(back.yaml()).isEqualTo(text);
        assertThat(prod.next(ServerMessage.PolicyUpdate.class)).isEqualTo(back);
        author.post("/api/v1/policy/promote", Map.of("version", tried)).expect(409);
        assertThat(author.get("/api/v1/policy").expect(200).path("staged")).isEmpty();
    }

    @Test
    void twoTrialsStandBesideEachOtherAndTheNextVersionForAllEndsBoth() {
        TestAgent canary = agentAt("canary");
        TestAgent eu = agentAt("eu");
        long first = stage("enforce", "canary");
        long second = stage("observe", "eu");
        assertThat(canary.next(ServerMessage.PolicyUpdate.class).version()).isEqualTo(first);
        assertThat(eu.next(ServerMessage.PolicyUpdate.class).version()).isEqualTo(second);
        save(POLICY, second - 1).expect(409);
        long all = save(POLICY, second).expect(200).path("version").asLong();
        assertThat(canary.next(ServerMessage.PolicyUpdate.class).version()).isEqualTo(all);
        assertThat(eu.next(ServerMessage.PolicyUpdate.class).version()).isEqualTo(all);
    }

    @Test
    void onlyVerifiedLabelsBringAWorkloadIntoATrial() {
        String token = server.joinToken("pretender");
        var enrolled = Running.read(
                server.anyone()
                        .post(
                                "/agent/v1/enroll",
                                Map.of(
                                        "token",
                                        token,
                                        "workload",
                                        "pretender",
                                        "instance",
                                        "i-1",
                                        "labels",
                                        Map.of("env", "canary")))
                        .expect(200),
                io.sallyport.protocol.EnrollResponse.class);
        long before = newest();
        stage("enforce", "canary");
        TestAgent pretender = new TestAgent(server, enrolled);
        pretender.connect();
        pretender.hello("s");
        assertThat(pretender.next(ServerMessage.PolicyUpdate.class).version()).isEqualTo(before);
        author.post("/api/v1/policy/rollback", Map.of("version", before)).expect(200);
    }

    @Test
    void aStageWithoutLabelsIsRefusedRatherThanTakenForTheWholeFleet() {
        author.send("PUT", "/api/v1/policy", Map.of("yaml", POLICY, "base", newest(), "stage", Map.of()))
                .expect(422);
    }
}
