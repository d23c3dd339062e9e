package io.sallyport.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.core.hold.Ticket;
import io.sallyport.protocol.AgentMessage;
import io.sallyport.protocol.ServerMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups as docs/control-plane.md has them; the embedded store's: stop, copy the data directory, start. */
class BackupTest {

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    /** A copy of the database as it was at one moment, which is what {@code pg_dump} restores to, and a copy of the data directory. */
    @Test
    void aCopyOfThePostgresqlDatabaseAndOfTheKeysIsTheWholeControlPlane(@TempDir Path elsewhere) throws Exception {
        Path copy = elsewhere.resolve("copy");
        Running original = Running.on(Store.POSTGRESQL);
        TestAgent agent = original.connectedAgent("orders");
        Ticket waiting = agent.submit(TestAgent.ticket());
        agent.events("s", 1, 3);
        agent.next(ServerMessage.EventsAck.class);
        original.close();
        String restoredInto = Store.copyOf(original.database());
        copy(original.data(), copy);
        // What was acknowledged after the backup.
        try (Running later = original.restored(original.data(), original.database())) {
            agent.connect(later);
            agent.hello("s");
            agent.events("s", 4, 2);
            agent.next(ServerMessage.EventsAck.class);
        }
        try (Running restored = original.restored(copy, restoredInto)) {
            TestAgent back = new TestAgent(restored, agent.enrolled());
            back.connect();
            assertThat(back.hello("s").acknowledged()).isEqualTo(3);
            restored.approver("alice")
                    .post("/api/v1/approvals/" + waiting.id() + "/approve", Map.of())
                    .expect(200);
            assertThat(back.next(ServerMessage.ApprovalDecision.class).by()).containsExactly("alice");
            // What is stored next gets numbers of its own, and the hole behind the backup is told.
            back.events("s", 6, 1);
            back.next(ServerMessage.EventsAck.class);
            Awaitility.await()
                    .untilAsserted(() -> assertThat(restored.admin()
                                    .get("/api/v1/events?type=alarm")
                                    .text())
                            .contains("events 4 to 5 of spool s are missing"));
        }
    }

    @Test
    void aCopyOfTheDataDirectoryIsTheWholeControlPlane(@TempDir Path elsewhere) throws Exception {
        Path copy = elsewhere.resolve("copy");
        Running original = Running.on(Store.EMBEDDED);
        TestAgent agent = original.connectedAgent("orders");
        Ticket ticket = agent.submit(TestAgent.ticket());
        Api alice = original.approver("alice");
        alice.post("/api/v1/approvals/" + ticket.id() + "/approve", Map.of("reason", "fine"))
                .expect(200);
        agent.events("s", 1, 3);
        agent.next(ServerMessage.EventsAck.class);
        String policyKey = agent.enrolled().policyKey();
        original.close();
        copy(original.data(), copy);
        try (Running restored = original.restored(copy)) {
            JsonNode shown =
                    restored.admin().get("/api/v1/approvals/" + ticket.id()).expect(200);
            assertThat(shown.path("decisions").get(0).path("by").asText()).isEqualTo("alice");
            // The workload's credential, the certificate authority and the key that signs policies are the same.
            TestAgent back = new TestAgent(restored, agent.enrolled());
            back.connect();
            assertThat(back.hello("s").acknowledged()).isEqualTo(3);
            assertThat(restored.agent("new").enrolled().policyKey()).isEqualTo(policyKey);
            back.send(new AgentMessage.ApprovalRequest(ticket));
            assertThat(back.next(ServerMessage.ApprovalDecision.class).outcome())
                    .isEqualTo("approved");
        }
    }
}
