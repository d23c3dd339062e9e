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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The embedded store's backup, as docs/control-plane.md has it: stop, copy the data directory, start. */
class BackupTest {

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
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
