package io.sallyport.controlplane.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.controlplane.store.Database;
import io.sallyport.controlplane.store.IdWalk;
import io.sallyport.controlplane.store.Scope;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.jdbi.v3.core.statement.Query;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The embedded store finds what was asked for, and never collects and sorts what an index finds. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EventWalkTest {

    private static final List<String> KINDS = Arrays.asList(null, "DECISION", "OPEN");
    private static final List<String> VERDICTS = Arrays.asList(null, "allow", "deny");
    private static final List<String> ALL =
            IntStream.range(0, 60).mapToObj(i -> "w" + i).toList();
    private static final List<List<String>> WORKLOADS =
            Arrays.asList(null, List.of("w7"), List.of("w7", "w9", "nobody"), ALL);
    private static final List<Scope> SCOPES = List.of(Scope.ALL, new Scope(Set.of("w7", "w8")));

    private Database database;
    private final List<Row> rows = new ArrayList<>();

    private record Row(long id, String workload, String kind, String verdict) {}

    @BeforeAll
    void fill(@TempDir Path data) {
        database = Database.open(data, null);
        database.run(tx -> {
            tx.update(
                            "insert into workload (id, name, instance, verified, labels, declared, member_of, credential_hash, join_token,"
                                    + " enrolled_at, host, pid, java, agent_version, last_seen, policy_version, waiting, components)"
                                    + " select 'w' || (x - 1), 'orders', 'i' || x, true, '{}', '{}', '[]', '-', '-', :now, 'h', 1, '17', '1', :now, 0, 0,"
                                    + " '[]' from system_range(1, 60)")
                    .bind("now", Instant.now())
                    .execute();
            tx.update(
                            "insert into event (workload_id, received_at, kind, verdict, target, body) select 'w' || mod(x, 60), :now,"
                                    + " case when mod(x, 5) = 0 then 'OPEN' else 'DECISION' end,"
                                    + " case when mod(x, 5) = 0 then null when mod(x, 7) = 0 then 'deny' else 'allow' end, 'T', '{}'"
                                    + " from system_range(1, 1000)")
                    .bind("now", Instant.now())
                    .execute();
        });
        rows.addAll(database.read(handle -> handle.createQuery(
                        "select id, workload_id, kind, verdict from event order by id desc")
                .map((row, ctx) -> new Row(row.getLong(1), row.getString(2), row.getString(3), row.getString(4)))
                .list()));
    }

    @AfterAll
    void close() {
        database.close();
    }

    private interface Visit {
        void question(EventWalk.Wanted wanted, Scope scope);
    }

    private static void each(Visit visit) {
        for (String kind : KINDS) {
            for (String verdict : VERDICTS) {
                for (List<String> workloads : WORKLOADS) {
                    for (Scope scope : SCOPES) {
                        visit.question(new EventWalk.Wanted(800, 10, workloads, kind, verdict, "%t%", "%{%"), scope);
                    }
                }
            }
        }
    }

    @Test
    void thePageHoldsTheNewestEventsOfThoseThatWereAskedFor() {
        each((wanted, scope) -> assertThat(database.<List<Long>>read(
                        handle -> EventWalk.along(wanted, scope).ids(handle, scope)))
                .as("%s for %s", wanted, scope)
                .isEqualTo(rows.stream()
                        .filter(row -> row.id() < wanted.before() && scope.holds(row.workload()))
                        .filter(row -> wanted.kind() == null || wanted.kind().equals(row.kind()))
                        .filter(row -> wanted.verdict() == null || Objects.equals(wanted.verdict(), row.verdict()))
                        .filter(row ->
                                wanted.workloads() == null || wanted.workloads().contains(row.workload()))
                        .limit(wanted.limit())
                        .map(Row::id)
                        .toList()));
    }

    @Test
    void everyWalkFollowsItsIndexInItsOrder() {
        each((wanted, scope) -> {
            IdWalk walk = EventWalk.along(wanted, scope);
            String plan = database.read(handle -> {
                Query query = scope.bind(handle.createQuery("explain " + walk.sql()));
                return IdWalk.bind(query, walk.values()).mapTo(String.class).one();
            });
            assertThat(count(plan, "index sorted")).as(plan).isEqualTo(count(walk.sql(), "from event"));
        });
    }

    private static int count(String text, String part) {
        return text.split(part, -1).length - 1;
    }
}
