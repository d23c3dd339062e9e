package io.sallyport.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.protocol.AgentMessage;
import io.sallyport.protocol.ServerMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A control plane that was restored from a backup, whose agents have had newer policies than it knows. One story, in steps. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OlderStoreTest {

    private static final String LOST = "version: 1\nmode: enforce\ndefault: {jdbc: deny}\n";

    private Running restored;
    private TestAgent orders;
    private ServerMessage.PolicyUpdate had;

    @BeforeAll
    void restore(@TempDir Path elsewhere) throws Exception {
        Running original = Running.on(Store.EMBEDDED);
        orders = original.connectedAgent("orders");
        orders.disconnect();
        original.controlPlane().close();
        copy(original.data(), elsewhere.resolve("copy"));
        original.restart();
        for (long base = 1; base <= 3; base++) {
            publish(original, LOST + "# " + base + "\n", base);
        }
        orders.connect();
        orders.hello("spool-1");
        had = orders.next(ServerMessage.PolicyUpdate.class);
        assertThat(had.version()).isEqualTo(4);
        orders.disconnect();
        original.close();
        restored = original.restored(elsewhere.resolve("copy"));
    }

    @AfterAll
    void stop() {
        restored.close();
    }

    private static void publish(Running at, String yaml, long base) {
        at.admin()
                .send("PUT", "/api/v1/policy", Map.of("yaml", yaml, "comment", "by a test", "base", base))
                .expect(200);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    private JsonNode current() {
        return restored.admin().get("/api/v1/policy").expect(200);
    }

    private void awaitAlarm(String text) {
        Awaitility.await()
                .untilAsserted(() -> assertThat(restored.admin()
                                .get("/api/v1/events?type=alarm")
                                .text())
                        .contains(text));
    }

    /** Whoever the agent is, it cannot make the control plane take what it did not sign, nor move its numbers. */
    @Test
    @Order(1)
    void aVersionThatWasNeverSignedHereMovesNothing() {
        TestAgent liar = restored.agent("liar");
        liar.connect();
        liar.hello("spool-1", 1, 1_000_000);
        liar.next(ServerMessage.PolicyWanted.class);
        liar.send(new AgentMessage.PolicyHeld(1_000_000, had.yaml(), had.signature()));
        awaitAlarm("policy version 1000000, which this control plane never signed");
        assertThat(current().path("newest").asLong()).isEqualTo(1);
        // Nobody asked for another one.
        liar.send(new AgentMessage.PolicyHeld(had.version(), had.yaml(), had.signature()));
        liar.events("spool-1", 1, 1);
        liar.next(ServerMessage.EventsAck.class);
        assertThat(current().path("newest").asLong()).isEqualTo(1);
        liar.disconnect();
    }

    @Test
    @Order(2)
    void theVersionThatAnAgentHasIsTakenBackIntoTheListForNobodyYetWithAnAlarm() {
        orders = new TestAgent(restored, orders.enrolled());
        orders.connect();
        orders.hello("spool-1", 1, had.version());
        orders.next(ServerMessage.PolicyWanted.class);
        orders.send(new AgentMessage.PolicyHeld(had.version(), had.yaml(), had.signature()));
        awaitAlarm("policy version 4 of this control plane, whose store knew none newer than 1");
        JsonNode current = current();
        assertThat(current.path("version").asLong()).isEqualTo(1);
        assertThat(current.path("newest").asLong()).isEqualTo(4);
        JsonNode recovered = restored.admin().get("/api/v1/policy/versions/4").expect(200);
        assertThat(recovered.path("yaml").asText()).isEqualTo(had.yaml());
        assertThat(recovered.path("author").asText()).isEqualTo("recovered");
        assertThat(recovered.path("stage").isObject()).isTrue();
        assertThat(recovered.path("stage").size()).as("workloads it is for").isZero();
        assertThat(restored.admin().get("/api/v1/audit").text()).contains("policy.recover");
    }

    @Test
    @Order(3)
    void whoHasItIsNotOfferedAnOlderOneAndWhoHasNothingGetsWhatIsInForce() {
        orders.disconnect();
        orders.connect();
        orders.hello("spool-1", 1, had.version());
        TestAgent fresh = restored.connectedAgent("fresh");
        assertThat(fresh.next(ServerMessage.PolicyUpdate.class).version()).isEqualTo(1);
        orders.events("spool-1", 1, 1);
        ServerMessage first = orders.next(ServerMessage.class);
        assertThat(first).isInstanceOf(ServerMessage.EventsAck.class);
        fresh.disconnect();
    }

    @Test
    @Order(4)
    void promotedItIsTheWholeFleetsUnderItsOldNumberAndSignature() {
        TestAgent fresh = restored.connectedAgent("fresh");
        restored.admin().post("/api/v1/policy/promote", Map.of("version", 4)).expect(200);
        assertThat(current().path("version").asLong()).isEqualTo(4);
        Awaitility.await().until(() -> had.equals(fresh.next(ServerMessage.PolicyUpdate.class)));
    }

    @Test
    @Order(5)
    void theNextVersionReachesEverybodyBecauseItsNumberIsPastTheirs() {
        publish(restored, LOST + "# after\n", 4);
        Awaitility.await()
                .until(() -> orders.next(ServerMessage.PolicyUpdate.class).version() == 5);
    }
}
