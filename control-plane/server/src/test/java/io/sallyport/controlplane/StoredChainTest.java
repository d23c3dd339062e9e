package io.sallyport.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.controlplane.audit.AuditLog;
import io.sallyport.controlplane.events.ChainCheck;
import io.sallyport.controlplane.events.ChainCheck.Checked;
import io.sallyport.controlplane.events.EventLog;
import io.sallyport.controlplane.events.Retention;
import io.sallyport.controlplane.events.StoreSeal;
import io.sallyport.controlplane.store.Database;
import io.sallyport.protocol.AgentMessage.Numbered;
import io.sallyport.protocol.EventBundle;
import java.io.StringReader;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What is stored is chained: a bundle proves it to others, a deletion leaves it verifiable, an alteration is found. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StoredChainTest {

    static final StoreSeal SEAL = new StoreSeal(new byte[32], null);

    private final MovableClock clock = new MovableClock();
    private Database database;
    private EventLog log;
    private ChainCheck check;

    @BeforeAll
    void open(@TempDir Path directory) {
        database = Database.open(directory, null);
        log = new EventLog(database, SEAL, clock);
        check = new ChainCheck(database, SEAL);
    }

    @AfterAll
    void close() {
        database.close();
    }

    private String workload(String name) {
        String id = "w-" + name;
        enrol(database, id, clock);
        return id;
    }

    /** The rows that enrolment makes. */
    static void enrol(Database database, String id, Clock clock) {
        database.run(tx -> {
            tx.update(
                            "insert into workload (id, name, instance, verified, labels, declared, member_of, credential_hash,"
                                    + " join_token, enrolled_at, host, pid, java, agent_version, last_seen, policy_version, waiting,"
                                    + " components) values (:id, :id, 'i', true, '{}', '{}', '[]', '-', '-', :now, '', 0, '', '',"
                                    + " :now, 0, 0, '[]')")
                    .bind("id", id)
                    .bind("now", clock.instant())
                    .execute();
            tx.update(
                            "insert into tally_total (workload_id, allowed, denied, held, masked, alarms) values (:id, 0, 0, 0,"
                                    + " 0, 0)")
                    .bind("id", id)
                    .execute();
        });
    }

    private void store(String workload, long first, int count) {
        List<Numbered> events = new ArrayList<>();
        for (long n = first; n < first + count; n++) {
            events.add(new Numbered(n, TestAgent.event("delete " + n, "allow")));
        }
        log.append(workload, "spool-1", events);
    }

    private Checked checked(String workload) {
        List<Checked> all = check.of(workload);
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    private void change(String sql, String workload) {
        database.run(tx -> tx.update(sql).bind("workload", workload).execute());
    }

    @Test
    void whatWasStoredInSeveralBatchesIsIntact() {
        String workload = workload("intact");
        store(workload, 1, 7);
        store(workload, 8, 5);
        assertThat(checked(workload)).isEqualTo(new Checked("spool-1", 12, 1, 12, 0, false, false, null));
    }

    @Test
    void anAlteredADroppedAndAMovedEventAndACutEndAreFound() {
        for (String sql : List.of(
                "update event set body = replace(body, 'delete 4', 'select 4') where workload_id = :workload and sequence = 4",
                "delete from event where workload_id = :workload and sequence = 4",
                "delete from event where workload_id = :workload and sequence = 1",
                "delete from event where workload_id = :workload and sequence >= 9",
                "update event set sequence = sequence + 100 where workload_id = :workload and sequence = 4")) {
            String workload = workload("altered-" + Math.abs(sql.hashCode()));
            store(workload, 1, 10);
            change(sql, workload);
            assertThat(checked(workload).problem()).as(sql).isNotNull();
        }
    }

    @Test
    void whatRetentionDeletesLeavesTheRestVerifiable() {
        String workload = workload("retained");
        store(workload, 1, 10);
        clock.forward(Duration.ofDays(80));
        store(workload, 11, 5);
        clock.forward(Duration.ofDays(20));
        Retention retention =
                new Retention(database, SEAL, log, new AuditLog(database, clock), () -> Duration.ofDays(90), clock);
        assertThat(retention.sweep()).isGreaterThanOrEqualTo(10);

        assertThat(checked(workload)).isEqualTo(new Checked("spool-1", 5, 11, 15, 10, false, false, null));
        store(workload, 16, 2);
        assertThat(checked(workload).problem()).isNull();
        // What is deleted beyond what retention has is found.
        change("delete from event where workload_id = :workload and sequence = 11", workload);
        assertThat(checked(workload).problem()).isNotNull();
    }

    @Test
    void whatIsSentAgainAfterItsRetentionIsNotStoredAgain() {
        String workload = workload("again");
        store(workload, 1, 3);
        clock.forward(Duration.ofDays(100));
        new Retention(database, SEAL, log, new AuditLog(database, clock), () -> Duration.ofDays(90), clock).sweep();
        store(workload, 1, 4);
        assertThat(checked(workload)).isEqualTo(new Checked("spool-1", 1, 4, 4, 3, false, false, null));
    }

    @Test
    void aSessionsBundleIsVerifiedOfflineAndEveryAlterationIsFound() throws Exception {
        try (Running server = Running.on(Store.EMBEDDED)) {
            TestAgent agent = server.connectedAgent("shop");
            agent.events("spool-1", 1, 6);
            agent.next(io.sallyport.protocol.ServerMessage.EventsAck.class);
            JsonNode session = server.admin()
                    .get("/api/v1/sessions?workload=shop")
                    .expect(200)
                    .path("sessions")
                    .path(0);
            String bundle = server.admin()
                    .get("/api/v1/sessions/" + session.path("id").asLong() + "/export?format=bundle")
                    .text();

            EventBundle.Result intact = EventBundle.verify(new StringReader(bundle));
            assertThat(intact.problem()).isNull();
            assertThat(intact.events()).isEqualTo(6);
            assertThat(intact.workload()).isEqualTo("shop");
            assertThat(intact.publicKey()).isEqualTo(agent.enrolled().policyKey());

            List<String> lines = bundle.lines().toList();
            IntStream.range(0, lines.size()).forEach(i -> {
                assertThat(problem(without(lines, i))).as("without line " + i).isNotNull();
                List<String> altered = new ArrayList<>(lines);
                altered.set(i, lines.get(i).replaceFirst("[0-9]", "x"));
                assertThat(problem(altered)).as("altered line " + i).isNotNull();
                List<String> twice = new ArrayList<>(lines);
                twice.add(i, lines.get(i));
                assertThat(problem(twice)).as("line " + i + " twice").isNotNull();
            });
        }
    }

    private static List<String> without(List<String> lines, int index) {
        List<String> left = new ArrayList<>(lines);
        left.remove(index);
        return left;
    }

    private static String problem(List<String> lines) {
        try {
            return EventBundle.verify(new StringReader(String.join("\n", lines) + "\n"))
                    .problem();
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }
}
