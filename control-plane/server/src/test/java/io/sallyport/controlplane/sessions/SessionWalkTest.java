package io.sallyport.controlplane.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.controlplane.store.Database;
import io.sallyport.controlplane.store.IdWalk;
import io.sallyport.controlplane.store.Scope;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lists of sessions hold what was asked for, are read along an index, and are never collected and sorted. */
class SessionWalkTest {

    private static final List<String> NOTABLE =
            List.of("", " and s.refused > 0", " and s.held > 0", " and s.masked > 0", " and s.errors > 0");
    private static final List<String> ALL =
            IntStream.range(0, 60).mapToObj(i -> "w" + i).toList();
    private static final List<List<String>> WORKLOADS =
            Arrays.asList(null, List.of("w7"), List.of("w7", "w9", "nobody"), ALL);
    private static final List<Scope> SCOPES = List.of(Scope.ALL, new Scope(Set.of("w7", "w8")));

    private final List<Row> rows = new ArrayList<>();

    private record Row(long id, String workload, List<Long> counters) {}

    /** Session {@code x} of workload {@code x mod 60}; every so many have refusals, holds, masks, errors. */
    private void fill(Database database, String series) {
        database.run(tx -> {
            tx.update(
                            "insert into workload (id, name, instance, verified, labels, declared, member_of, credential_hash, join_token,"
                                    + " enrolled_at, host, pid, java, agent_version, last_seen, policy_version, waiting, components)"
                                    + " select 'w' || (x - 1), 'orders', 'i' || x, true, '{}', '{}', '[]', '-', '-', :now, 'h', 1, '17', '1', :now, 0, 0,"
                                    + " '[]' from " + series.formatted(60))
                    .bind("now", Instant.now())
                    .execute();
            tx.update(
                            "insert into call_session (workload_id, session, target, opened_at, last_at, calls, refused, held,"
                                    + " masked, errors) select 'w' || mod(x, 60), 's' || x, 'T', :now, :now, 1,"
                                    + " case when mod(x, 11) = 0 then 1 else 0 end, case when mod(x, 7) = 0 then 1 else 0 end,"
                                    + " case when mod(x, 5) = 0 then 1 else 0 end, case when mod(x, 13) = 0 then 1 else 0 end"
                                    + " from " + series.formatted(1000) + " order by x")
                    .bind("now", Instant.now())
                    .execute();
        });
        rows.addAll(database.read(handle -> handle.createQuery(
                        "select id, workload_id, refused, held, masked, errors from call_session order by id desc")
                .map((row, ctx) -> new Row(
                        row.getLong(1),
                        row.getString(2),
                        List.of(row.getLong(3), row.getLong(4), row.getLong(5), row.getLong(6))))
                .list()));
    }

    private interface Visit {
        void question(SessionWalk.Wanted wanted, Scope scope);
    }

    private static void each(Visit visit) {
        for (String notable : NOTABLE) {
            for (List<String> workloads : WORKLOADS) {
                for (Scope scope : SCOPES) {
                    visit.question(new SessionWalk.Wanted(800, 10, workloads, notable, "%t%"), scope);
                    visit.question(new SessionWalk.Wanted(800, 10, workloads, notable, null), scope);
                }
            }
        }
    }

    private void expectNewest(Database database, SessionWalk.Wanted wanted, Scope scope, boolean hints) {
        int counter = NOTABLE.indexOf(wanted.notable()) - 1;
        assertThat(database.<List<Long>>read(
                        handle -> SessionWalk.along(wanted, scope, hints).ids(handle, scope)))
                .as("%s for %s", wanted, scope)
                .isEqualTo(rows.stream()
                        .filter(row -> row.id() < wanted.before() && scope.holds(row.workload()))
                        .filter(row -> counter < 0 || row.counters().get(counter) > 0)
                        .filter(row ->
                                wanted.workloads() == null || wanted.workloads().contains(row.workload()))
                        .limit(wanted.limit())
                        .map(Row::id)
                        .toList());
    }

    private static String plan(Handle handle, IdWalk walk, Scope scope) {
        return String.join(
                "\n",
                IdWalk.bind(scope.bind(handle.createQuery("explain " + walk.sql())), walk.values())
                        .mapTo(String.class)
                        .list());
    }

    @Test
    void theEmbeddedStoreWalksAlongTheIndexInItsOrder(@TempDir Path data) {
        try (Database database = Database.open(data, null)) {
            fill(database, "system_range(1, %d)");
            each((wanted, scope) -> {
                expectNewest(database, wanted, scope, true);
                IdWalk walk = SessionWalk.along(wanted, scope, true);
                String plan = database.read(handle -> plan(handle, walk, scope));
                assertThat(count(plan, "index sorted")).as(plan).isEqualTo(count(walk.sql(), "from call_session"));
            });
        }
    }

    @Test
    void postgresqlNeedsNoSortAndFindsWhatIsNotableByAnIndexOfItsOwn(@TempDir Path data) throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().start();
                Database database = Database.open(data, postgres.getJdbcUrl("postgres", "postgres"))) {
            fill(database, "(select * from generate_series(1, %d) x) g");
            each((wanted, scope) -> expectNewest(database, wanted, scope, false));
            database.read(handle -> {
                handle.execute("analyze call_session");
                // A thousand rows are read at once and sorted unless that is forbidden; a million would not be.
                handle.execute("set enable_seqscan = off");
                handle.execute("set enable_bitmapscan = off");
                handle.execute("set enable_sort = off");
                for (String notable : NOTABLE) {
                    for (List<String> workloads : WORKLOADS.subList(0, 2)) {
                        IdWalk walk = SessionWalk.along(
                                new SessionWalk.Wanted(800, 10, workloads, notable, null), Scope.ALL, false);
                        assertThat(plan(handle, walk, Scope.ALL))
                                .contains("Scan Backward using call_session_")
                                .doesNotContain("Seq Scan on call_session");
                    }
                    if (!notable.isEmpty()) {
                        String index = notable.replaceAll(" and s\\.(\\w+) > 0", "call_session_$1");
                        assertThat(plan(
                                        handle,
                                        SessionWalk.along(
                                                new SessionWalk.Wanted(800, 10, null, notable, null), Scope.ALL, false),
                                        Scope.ALL))
                                .contains("using " + index)
                                .doesNotContain("Sort");
                    }
                }
                return true;
            });
        }
    }

    private static int count(String text, String part) {
        return text.split(part, -1).length - 1;
    }
}
