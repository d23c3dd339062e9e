package io.sallyport.controlplane.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.controlplane.store.Database;
import io.sallyport.controlplane.store.IdWalk;
import io.sallyport.controlplane.store.Scope;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Text of sessions on PostgreSQL, over more events than are read for a page. Sessions 1 to 1,000 have 60 events each, the oldest in the first ones;
 * their workload is {@code w(x mod 2)}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SessionIndexTest {

    private static final int SESSIONS = 1000;
    private static final int EVENTS = 60 * SESSIONS;

    private EmbeddedPostgres postgres;
    private Database database;

    /** Every hundredth session says once what all the others do not. */
    @BeforeAll
    void fill(@TempDir Path data) throws Exception {
        postgres = EmbeddedPostgres.builder().start();
        database = Database.open(data, postgres.getJdbcUrl("postgres", "postgres"));
        Instant now = Instant.now();
        database.run(tx -> {
            tx.update(
                            "insert into workload (id, name, instance, verified, labels, declared, member_of, credential_hash, join_token,"
                                    + " enrolled_at, host, pid, java, agent_version, last_seen, policy_version, waiting, components)"
                                    + " select 'w' || x, 'orders', 'i' || x, true, '{}', '{}', '[]', '-', '-', :now, 'h', 1, '17', '1', :now, 0, 0,"
                                    + " '[]' from generate_series(0, 1) x")
                    .bind("now", now)
                    .execute();
            tx.update(
                            "insert into call_session (workload_id, session, target, opened_at, last_at, calls, refused, held,"
                                    + " masked, errors) select 'w' || mod(x, 2), 's' || x || 'e', 'T', :now, :now, 60,"
                                    + " mod(x, 3), 0, 0, 0 from generate_series(1, " + SESSIONS + ") x order by x")
                    .bind("now", now)
                    .execute();
            tx.update("insert into event_text (digest, kind, verdict, target, content, seen_at) values"
                            + " ('rare', 'DECISION', 'allow', 't', 'select rare', :now),"
                            + " ('common', 'DECISION', 'allow', 't', 'select common', :now)")
                    .bind("now", now)
                    .execute();
            tx.update(
                            "insert into event (workload_id, session, received_at, kind, verdict, target, text_id, body) select"
                                    + " 'w' || mod(s, 2), 's' || s || 'e', :now, 'DECISION', 'allow', 'T', t.id,"
                                    + " '{\"call\":\"c' || x || '\",\"user\":\"u' || s || '\",\"detail\":\"' || t.content || '\"}'"
                                    + " from (select x, (x - 1) / 60 + 1 as s from generate_series(1, " + EVENTS
                                    + ") x) g join event_text t on t.digest = case when mod(s, 100) = 7 and mod(x, 60) = 3"
                                    + " then 'rare' else 'common' end order by x")
                    .bind("now", now)
                    .execute();
        });
        database.run(tx -> tx.update("analyze").execute());
    }

    @AfterAll
    void close() throws Exception {
        database.close();
        postgres.close();
    }

    private List<Long> found(String typed, SessionWalk.Wanted wanted, Scope scope) {
        return database.read(handle -> SessionIndex.find(handle, wanted, scope, typed));
    }

    private static SessionWalk.Wanted wanted(String typed, int limit) {
        return new SessionWalk.Wanted(Long.MAX_VALUE, limit, null, "", "%" + typed + "%");
    }

    private static List<Long> ids(LongStream ids) {
        return ids.boxed().toList();
    }

    @Test
    void aWordThatFewEventsSayIsFoundInTheOldestSessionsToo() {
        assertThat(found("rare", wanted("rare", 100), Scope.ALL))
                .isEqualTo(ids(LongStream.of(907, 807, 707, 607, 507, 407, 307, 207, 107, 7)));
        assertThat(found(
                        "rare",
                        new SessionWalk.Wanted(407, 2, List.of("w1"), " and s.refused > 0", "%rare%"),
                        Scope.ALL))
                .as("207 has no refusal")
                .isEqualTo(ids(LongStream.of(307, 107)));
        assertThat(found("rare", wanted("rare", 100), new Scope(Set.of("w0")))).isEmpty();
    }

    @Test
    void aWordThatNearlyAllSayFillsThePageWithTheNewest() {
        assertThat(found("common", wanted("common", 3), Scope.ALL)).isEqualTo(ids(LongStream.of(1000, 999, 998)));
    }

    @Test
    void aCallAUserAndASessionAreFoundByTheirNames() {
        assertThat(found("c61", wanted("c61", 100), Scope.ALL)).contains(2L);
        assertThat(found("u3", wanted("u3", 1000), Scope.ALL)).contains(3L);
        assertThat(found("s5e", wanted("s5e", 100), Scope.ALL)).isEqualTo(ids(LongStream.of(5)));
    }

    @Test
    void noWayReadsAllEvents() {
        database.read(handle -> {
            IdWalk few = SessionIndex.byEvents(wanted("rare", 100), Scope.ALL, List.of(1L), "rare");
            assertThat(plan(handle, few))
                    .contains("event_by_text", "event_by_call", "event_by_user", "event_by_ticket", "event_by_trace")
                    .doesNotContain("Seq Scan on event");
            IdWalk many = SessionWalk.named(wanted("common", 3), Scope.ALL, List.of(2L));
            assertThat(plan(handle, many)).contains("event_by_session").doesNotContain("Seq Scan on event");
            IdWalk named = SessionWalk.named(wanted("s5e", 3), Scope.ALL, List.of());
            assertThat(plan(handle, named)).doesNotContain("event");
            return true;
        });
    }

    private static String plan(Handle handle, IdWalk walk) {
        return String.join(
                "\n",
                IdWalk.bind(handle.createQuery("explain " + walk.sql()), walk.values())
                        .mapTo(String.class)
                        .list());
    }
}
