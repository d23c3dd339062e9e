package io.sallyport.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.controlplane.audit.AuditLog;
import io.sallyport.controlplane.events.ChainCheck;
import io.sallyport.controlplane.events.ChainCheck.Checked;
import io.sallyport.controlplane.events.EventLog;
import io.sallyport.controlplane.events.RecordingArrivals;
import io.sallyport.controlplane.events.RecordingWatch;
import io.sallyport.controlplane.events.Retention;
import io.sallyport.controlplane.events.SignedExport;
import io.sallyport.controlplane.events.StoreSeal;
import io.sallyport.controlplane.policy.PolicySigner;
import io.sallyport.controlplane.store.Database;
import io.sallyport.controlplane.store.Tx;
import io.sallyport.protocol.AgentMessage.Disk;
import io.sallyport.protocol.AgentMessage.Hello;
import io.sallyport.protocol.AgentMessage.Numbered;
import io.sallyport.protocol.ConfirmedRecording;
import io.sallyport.protocol.EventBundle;
import io.sallyport.protocol.RecordChain;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody who has the database, and knows how the chain is made, but not the control plane's key. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AlteredStoreTest {

    private final MovableClock clock = new MovableClock();
    private Path directory = Path.of(".");
    private Database database;
    private EventLog log;
    private ChainCheck check;

    @BeforeAll
    void open(@TempDir Path created) {
        directory = created;
        database = Database.open(directory, null);
        log = new EventLog(database, StoredChainTest.SEAL, clock);
        check = new ChainCheck(database, StoredChainTest.SEAL);
    }

    @AfterAll
    void close() {
        database.close();
    }

    private String recorded(String name, int events) {
        String workload = "w-" + name;
        StoredChainTest.enrol(database, workload, clock);
        store(workload, 1, events);
        return workload;
    }

    private void store(String workload, long first, int count) {
        List<Numbered> events = new ArrayList<>();
        for (long n = first; n < first + count; n++) {
            events.add(new Numbered(n, TestAgent.event("delete " + n, "allow")));
        }
        log.append(workload, "spool", events);
    }

    private List<String> problems(String workload) {
        return check.of(workload).stream()
                .map(Checked::problem)
                .filter(Objects::nonNull)
                .toList();
    }

    /** What is done to ten events, whose chain is then made anew as the control plane would have. */
    enum Alteration {
        ONE_CHANGED {
            @Override
            void of(Map<Long, String> bodies) {
                bodies.compute(4L, (n, body) -> Objects.requireNonNull(body).replace("delete 4", "select 4"));
            }
        },
        ONE_DROPPED_AND_THE_REST_MOVED_UP {
            @Override
            void of(Map<Long, String> bodies) {
                for (long n = 4; n < 10; n++) {
                    bodies.put(n, Objects.requireNonNull(bodies.get(n + 1)));
                }
                bodies.remove(10L);
            }
        },
        ONE_DROPPED {
            @Override
            void of(Map<Long, String> bodies) {
                bodies.remove(4L);
            }
        },
        THE_FIRST_DROPPED {
            @Override
            void of(Map<Long, String> bodies) {
                bodies.remove(1L);
            }
        },
        THE_TAIL_DROPPED {
            @Override
            void of(Map<Long, String> bodies) {
                bodies.remove(9L);
                bodies.remove(10L);
            }
        },
        TWO_SWAPPED {
            @Override
            void of(Map<Long, String> bodies) {
                String third = Objects.requireNonNull(bodies.get(3L));
                bodies.put(3L, Objects.requireNonNull(bodies.get(7L)));
                bodies.put(7L, third);
            }
        },
        ONE_INSERTED_AT_THE_END {
            @Override
            void of(Map<Long, String> bodies) {
                bodies.put(11L, Objects.requireNonNull(bodies.get(2L)));
            }
        },
        ALL_REPLACED {
            @Override
            void of(Map<Long, String> bodies) {
                bodies.replaceAll((n, body) -> body.replace("delete", "select"));
            }
        },
        ALL_DROPPED {
            @Override
            void of(Map<Long, String> bodies) {
                bodies.clear();
            }
        };

        abstract void of(Map<Long, String> bodies);
    }

    @ParameterizedTest
    @EnumSource
    void whateverIsDoneToStoredEventsIsFoundThoughTheChainIsMadeAnew(Alteration alteration) {
        String workload = recorded("a-" + alteration.ordinal(), 10);
        assertThat(problems(workload)).isEmpty();
        database.run(tx -> {
            Map<Long, String> bodies = bodies(tx, workload);
            alteration.of(bodies);
            replace(tx, workload, bodies);
        });
        assertThat(problems(workload)).first().asString().contains("altered");
        // Not even what comes behind it makes it whole again, and it is an alarm then.
        store(workload, 20, 1);
        assertThat(problems(workload)).isNotEmpty();
        assertThat(alarms(workload)).anyMatch(alarm -> alarm.contains("somebody changed the database"));
    }

    private Map<Long, String> bodies(String workload) {
        return database.change(tx -> bodies(tx, workload));
    }

    private static Map<Long, String> bodies(Tx tx, String workload) {
        Map<Long, String> bodies = new TreeMap<>();
        tx.query("select sequence, body from event where workload_id = :workload and spool = 'spool'")
                .bind("workload", workload)
                .map((row, context) -> Map.entry(row.getLong("sequence"), row.getString("body")))
                .forEach(entry -> bodies.put(entry.getKey(), entry.getValue()));
        return bodies;
    }

    private static void replace(Tx tx, String workload, Map<Long, String> bodies) {
        tx.update("delete from event where workload_id = :workload and spool = 'spool'")
                .bind("workload", workload)
                .execute();
        String chain = RecordChain.START;
        long last = 0;
        for (Map.Entry<Long, String> entry : bodies.entrySet()) {
            last = entry.getKey();
            chain = RecordChain.next(chain, RecordChain.digest(last, entry.getValue()));
            tx.update(
                            "insert into event (workload_id, spool, sequence, received_at, kind, verdict, target, session, body,"
                                    + " chain) values (:workload, 'spool', :n, :now, 'DECISION', 'allow',"
                                    + " 'jdbc:postgresql://db/orders', 'session-1', :body, :chain)")
                    .bind("workload", workload)
                    .bind("n", last)
                    .bind("now", Instant.now())
                    .bind("body", entry.getValue())
                    .bind("chain", chain)
                    .execute();
        }
        tx.update(
                        "update spool set acknowledged = :last, head = :chain where workload_id = :workload and spool = 'spool'")
                .bind("workload", workload)
                .bind("last", last)
                .bind("chain", chain)
                .execute();
    }

    private List<String> alarms(String workload) {
        return database.read(
                handle -> handle.createQuery("select body from event where workload_id = :workload and kind = 'ALARM'")
                        .bind("workload", workload)
                        .mapTo(String.class)
                        .list());
    }

    private void sql(String workload, String... statements) {
        database.run(tx -> Stream.of(statements).forEach(sql -> {
            var update = tx.update(sql);
            if (sql.contains(":workload")) {
                update.bind("workload", workload);
            }
            assertThat(update.execute()).as(sql).isPositive();
        }));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update spool set seal = '' where workload_id = :workload",
                "update spool set ended = acknowledged where workload_id = :workload",
                "update spool set ordinal = 0, seal = '' where workload_id = :workload",
                "update event set session = 'session-2' where workload_id = :workload and sequence = 2",
                "update event set verdict = 'deny' where workload_id = :workload and sequence = 2",
                "update event set kind = 'RESULT' where workload_id = :workload and sequence = 2",
                "update event set target = '' where workload_id = :workload and sequence = 2",
                "update event set id = -id where workload_id = :workload",
                "update event set spool = 'another' where workload_id = :workload and sequence = 2",
                "insert into event (workload_id, received_at, kind, target, body) select workload_id, received_at, kind,"
                        + " target, body from event where workload_id = :workload and sequence = 2"
            })
    void aSealThatIsRemovedAndColumnsThatEventsAreFoundByAreChecked(String sql) {
        String workload = recorded("c-" + Math.abs(sql.hashCode()), 3);
        long ordinal =
                database.read(handle -> handle.createQuery("select ordinal from spool where workload_id = :workload")
                        .bind("workload", workload)
                        .mapTo(Long.class)
                        .one());
        sql(workload, sql);
        assertThat(problems(workload)).isNotEmpty();
        // The list of all recordings is the other tests' too.
        sql(workload, "update spool set ordinal = " + ordinal + " where workload_id = :workload");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update event set body = replace(body, 'delete 2', 'select 2') where workload_id = :workload and sequence = 2",
                "delete from event where workload_id = :workload and sequence = 3",
                "update spool set acknowledged = 2 where workload_id = :workload",
                "update event set spool = 'another' where workload_id = :workload and sequence = 2",
                "delete from call_session where workload_id = :workload",
                "update call_session set refused = 0 where workload_id = :workload"
            })
    void whatIsChangedInAClosedRecordingIsAnAlarmThoughNobodyAsks(String sql, @TempDir Path own) {
        try (Database store = Database.open(own, null)) {
            EventLog events = new EventLog(store, StoredChainTest.SEAL, clock);
            RecordingWatch watch =
                    new RecordingWatch(store, new ChainCheck(store, StoredChainTest.SEAL), events, 1_000);
            for (String workload : List.of("w-1", "w-2", "w-3")) {
                StoredChainTest.enrol(store, workload, clock);
                events.append(
                        workload,
                        "spool",
                        List.of(
                                new Numbered(1, TestAgent.event("delete 1", "allow")),
                                new Numbered(2, TestAgent.event("delete 2", "deny")),
                                new Numbered(3, TestAgent.event("delete 3", "allow"))));
            }
            watch.look();
            assertThat(alarmsIn(store)).isEmpty();
            store.run(tx ->
                    assertThat(tx.update(sql).bind("workload", "w-2").execute()).isPositive());
            watch.look();
            assertThat(alarmsIn(store)).isNotEmpty().allMatch(alarm -> alarm.contains("somebody changed the database"));
            int once = alarmsIn(store).size();
            watch.look();
            assertThat(alarmsIn(store)).hasSize(once);
        }
    }

    @Test
    void theWatchGoesOnWhereItStoppedAndAlarmsNeitherAboutWhatGrowsNorAboutWhatRetentionDeletes(@TempDir Path own) {
        MovableClock time = new MovableClock();
        try (Database store = Database.open(own, null)) {
            EventLog events = new EventLog(store, StoredChainTest.SEAL, time);
            Retention retention = new Retention(
                    store, StoredChainTest.SEAL, events, new AuditLog(store, time), () -> Duration.ofDays(90), time);
            RecordingWatch watch = new RecordingWatch(store, new ChainCheck(store, StoredChainTest.SEAL), events, 1);
            StoredChainTest.enrol(store, "w-1", time);
            for (long n = 1; n <= 1_300; n += 100) {
                List<Numbered> some = new ArrayList<>();
                for (long i = n; i < n + 100; i++) {
                    some.add(new Numbered(i, TestAgent.event("delete " + i, "allow")));
                }
                events.append("w-1", "spool", some);
                watch.look();
            }
            // Between two pages of the same recording.
            time.forward(Duration.ofDays(100));
            events.append("w-1", "spool", List.of(new Numbered(1_301, TestAgent.event("delete", "allow"))));
            retention.sweep();
            for (int turn = 0; turn < 8; turn++) {
                watch.look();
            }
            assertThat(alarmsIn(store)).isEmpty();
            // The last event of all, which no first page holds.
            store.run(tx -> tx.update("update event set body = 'x' where sequence = 1301")
                    .execute());
            for (int turn = 0; turn < 8; turn++) {
                watch.look();
            }
            assertThat(alarmsIn(store)).hasSize(1);
        }
    }

    private static List<String> alarmsIn(Database store) {
        return store.read(handle -> handle.createQuery("select body from event where kind = 'ALARM'")
                .mapTo(String.class)
                .list());
    }

    @Test
    void aBeginningThatIsDeletedAsIfItsRetentionWereOverIsFound() {
        String workload = recorded("front", 10);
        sql(
                workload,
                "update spool set anchored = 4, anchor = (select chain from event where workload_id = :workload and sequence = 4)"
                        + " where workload_id = :workload",
                "delete from event where workload_id = :workload and sequence <= 4");
        assertThat(problems(workload)).singleElement().asString().contains("seal does not match");
    }

    @Test
    void whatIsMadeToLookOldIsNotDeletedByRetention() {
        String workload = recorded("aged", 10);
        sql(workload, "update event set received_at = timestamp '2001-01-01 00:00:00' where workload_id = :workload");
        sweep();
        assertThat(check.of(workload).get(0).events()).isEqualTo(10);
    }

    private void sweep() {
        new Retention(
                        database,
                        StoredChainTest.SEAL,
                        log,
                        new AuditLog(database, clock),
                        () -> Duration.ofDays(90),
                        clock)
                .sweep();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update event set body = 'x' where workload_id = :workload and sequence <= 6",
                "update event set body = replace(body, '\"at\"', '\"was\"') where workload_id = :workload and sequence <= 6",
                "delete from event where workload_id = :workload and sequence <= 6",
                "update event set chain = null, body = 'x' where workload_id = :workload",
                "update spool set anchored = 6, anchor = (select chain from event where workload_id = :workload and sequence = 6)"
                        + " where workload_id = :workload"
            })
    void retentionDoesNotSealWhatSomebodyElseDidToABeginning(String sql) {
        String workload = recorded("r-" + Math.abs(sql.hashCode()), 10);
        sql(
                workload,
                sql,
                "update event set received_at = timestamp '2001-01-01 00:00:00' where workload_id = :workload");
        long left = bodies(workload).size();
        sweep();
        assertThat(bodies(workload)).hasSize((int) left);
        assertThat(problems(workload)).isNotEmpty();
        assertThat(alarms(workload)).anyMatch(alarm -> alarm.contains("retention deletes nothing more"));
    }

    @Test
    void retentionDoesNotGoBehindTheEndThatIsSealed() {
        String workload = recorded("future", 10);
        sql(
                workload,
                "insert into event (workload_id, spool, sequence, received_at, kind, target, body, chain) values (:workload, 'spool',"
                        + " 1000, timestamp '2001-01-01 00:00:00', 'DECISION', 't', 'x', '" + "ab".repeat(32) + "')");
        clock.forward(Duration.ofDays(100));
        sweep();
        clock.forward(Duration.ofDays(-100));
        assertThat(alarms(workload)).anyMatch(alarm -> alarm.contains("event 1000 is not what"));
        store(workload, 11, 3);
        assertThat(log.acknowledged(workload, "spool")).isEqualTo(13);
        assertThat(bodies(workload)).containsKeys(11L, 12L, 13L);
        assertThat(problems(workload)).isNotEmpty();
    }

    @Test
    void aGapIsNotCoveredByARecordingOfAnotherWorkloadThatWasNeverStored() {
        String recording = "20261122T141500Z-9f86d081884c7d65";
        String workload = recorded("gap", 1);
        String other = recorded("invented", 1);
        log.append(workload, recording, List.of());
        sql(
                other,
                "insert into spool (workload_id, spool, ordinal, acknowledged, head, anchored, anchor, ended, seal) values (:workload,"
                        + " '" + recording + "', 0, 1000, '" + "ab".repeat(32) + "', 1000, '" + "ab".repeat(32)
                        + "', -1, '')");
        log.append(workload, recording, List.of(new Numbered(5, TestAgent.event("delete", "allow"))));
        sql(other, "delete from spool where workload_id = :workload and spool = '" + recording + "'");
        assertThat(problems(workload)).singleElement().asString().contains("events 1 to 4 never came");
        assertThat(alarms(workload)).anyMatch(alarm -> alarm.contains("events 1 to 4"));
    }

    @Test
    void anAlarmOfTheControlPlaneThatIsDeletedIsMissed() {
        String workload = recorded("alarm", 1);
        log.raise(workload, "one");
        log.raise(workload, "two");
        assertThat(problems(workload)).isEmpty();
        sql(workload, "delete from event where workload_id = :workload and kind = 'ALARM' and body like '%one%'");
        assertThat(problems(workload)).isNotEmpty();
    }

    @Test
    void aRecordingThatIsRemovedWithAllOfItsEventsIsMissedInTheListOfAll(@TempDir Path own) {
        try (Database store = Database.open(own, null)) {
            EventLog events = new EventLog(store, StoredChainTest.SEAL, clock);
            ChainCheck verify = new ChainCheck(store, StoredChainTest.SEAL);
            for (String workload : List.of("w-1", "w-2", "w-3")) {
                StoredChainTest.enrol(store, workload, clock);
                events.append(workload, "spool", List.of(new Numbered(1, TestAgent.event("delete", "allow"))));
            }
            store.run(tx -> {
                tx.update("delete from event where workload_id = 'w-2'").execute();
                tx.update("delete from spool where workload_id = 'w-2'").execute();
            });
            assertThat(verify.of("w-2"))
                    .singleElement()
                    .matches(found -> String.valueOf(found.problem()).contains("number 2"));
            // What its process goes on to upload is stored, and nothing vouches for it.
            assertThat(events.append("w-2", "spool", List.of(new Numbered(2, TestAgent.event("delete", "allow")))))
                    .isEqualTo(2);
            assertThat(verify.of("w-2"))
                    .filteredOn(found -> found.recording().equals("spool"))
                    .singleElement()
                    .matches(found -> found.problem() != null);
            store.run(
                    tx -> tx.update("update recording_list set recordings = 1").execute());
            assertThat(verify.of("w-1")).anyMatch(found -> found.problem() != null);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "delete from recording_list",
                "update recording_list set recordings = 0, seal = '', head = repeat('0', 64)"
            })
    void anEmptiedStoreIsNotTakenForANewOne(String list, @TempDir Path own) {
        try (Database store = Database.open(own, null)) {
            StoreSeal seal = new StoreSeal(new byte[32], own);
            StoredChainTest.enrol(store, "w-1", clock);
            assertThat(new ChainCheck(store, seal).of("w-1")).isEmpty();
            new EventLog(store, seal, clock)
                    .append("w-1", "spool", List.of(new Numbered(1, TestAgent.event("delete", "allow"))));
            store.run(tx -> {
                tx.update("delete from event").execute();
                tx.update("delete from spool").execute();
                tx.update(list).execute();
            });
            // The control plane was started again.
            StoreSeal later = new StoreSeal(new byte[32], own);
            ChainCheck verify = new ChainCheck(store, later);
            assertThat(verify.of("w-1"))
                    .singleElement()
                    .matches(found -> String.valueOf(found.problem()).contains("list of all recordings was removed"));
            new EventLog(store, later, clock)
                    .append("w-1", "next", List.of(new Numbered(1, TestAgent.event("delete", "allow"))));
            assertThat(verify.of("w-1"))
                    .anyMatch(found -> String.valueOf(found.problem()).contains("list of all recordings was altered"));
        }
    }

    @Test
    void anOlderStateThatIsPutBackIsFoundWhenTheWorkloadComesBack() throws Exception {
        String workload = recorded("older", 5);
        KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        String key = Base64.getEncoder().encodeToString(keys.getPublic().getEncoded());
        RecordingArrivals arrivals = new RecordingArrivals(database, StoredChainTest.SEAL);
        assertThat(arrivals.of(workload, hello("spool", List.of()))).isEmpty();
        sql(workload, "update workload set recording_key = '" + key + "' where id = :workload");
        database.run(tx -> tx.update("create table older as select * from spool where workload_id = :workload")
                .bind("workload", workload)
                .execute());
        store(workload, 6, 5);
        Signature signer = Signature.getInstance("Ed25519");
        signer.initSign(keys.getPrivate());
        signer.update(ConfirmedRecording.signed("spool", 10));
        ConfirmedRecording confirmed =
                new ConfirmedRecording("spool", 10, Base64.getEncoder().encodeToString(signer.sign()));
        assertThat(arrivals.of(workload, hello("next", List.of(confirmed)))).isEmpty();
        assertThat(problems(workload)).isEmpty();

        sql(
                workload,
                "delete from event where workload_id = :workload and sequence > 5",
                "delete from spool where workload_id = :workload and spool = 'spool'",
                "insert into spool select * from older");
        assertThat(arrivals.of(workload, hello("next", List.of())))
                .singleElement()
                .asString()
                .contains("recording spool", "behind event 5");
        assertThat(problems(workload)).singleElement().asString().contains("behind event 5 is lost");
    }

    private static Hello hello(String spool, List<ConfirmedRecording> confirmed) {
        return new Hello("w", "i", "h", 1, "17", "0.1", spool, 0, Map.of(), null, new Disk(List.of(spool), confirmed));
    }

    @Test
    void aSignedBundleSaysThatTheStoreIsNotWhatWasStored() throws Exception {
        String workload = recorded("bundle", 5);
        SignedExport export = new SignedExport(database, check, PolicySigner.loadOrCreate(directory), clock);
        assertThat(bundle(export, workload).problem()).isNull();
        database.run(tx -> {
            Map<Long, String> bodies = bodies(tx, workload);
            Alteration.ONE_CHANGED.of(bodies);
            replace(tx, workload, bodies);
        });
        assertThat(bundle(export, workload).problem()).contains("not what it had stored", "altered");
    }

    private static EventBundle.Result bundle(SignedExport export, String workload) throws Exception {
        StringWriter out = new StringWriter();
        export.write(workload, "shop", "session-1", "auditor", out);
        return EventBundle.verify(new StringReader(out.toString()));
    }
}
