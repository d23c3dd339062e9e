package io.sallyport.controlplane.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.sallyport.controlplane.secrets.Secrets;
import io.sallyport.controlplane.sessions.SessionTally;
import io.sallyport.controlplane.store.Clip;
import io.sallyport.controlplane.store.Columns;
import io.sallyport.controlplane.store.Database;
import io.sallyport.controlplane.store.Tx;
import io.sallyport.core.record.Event;
import io.sallyport.protocol.AgentMessage;
import io.sallyport.protocol.RecordChain;
import io.sallyport.protocol.Wire;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/**
 * Stores what agents upload. Thread-safe.
 *
 * <p>An event is stored exactly once by (workload, spool, sequence): a batch is one transaction that holds the lock on the spool's
 * row, takes only what lies behind the acknowledged position, and moves that position. A hole in the sequence is stored as an
 * alarm; what follows it is still taken, since refusing it would lose more.
 *
 * <p>A process that enrols anew is another workload and may upload a recording again whose beginning is stored: that is found by the recording's
 * name, which nobody draws twice, and by what the events say. It is not stored and not counted again.
 */
public final class EventLog {

    /** How agents name recordings: when each was begun, and 64 random bits. */
    private static final String DRAWN = "[0-9]{8}T[0-9]{6}Z-[0-9a-f]{16}";

    private final Database database;
    private final Clock clock;
    private final AtomicLong stored = new AtomicLong();
    private volatile Runnable listener = () -> {};

    public EventLog(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Called after each commit, on the thread that stored the batch; must not block. */
    public void listen(Runnable afterCommit) {
        listener = afterCommit;
    }

    /** Last sequence number of a spool that is stored; 0 for none. */
    public long acknowledged(String workload, String spool) {
        return database.read(handle -> handle.createQuery(
                        "select acknowledged from spool where workload_id = :workload and spool = :spool")
                .bind("workload", workload)
                .bind("spool", Clip.text(spool, 200))
                .mapTo(Long.class)
                .findOne()
                .orElse(0L));
    }

    /** @return the position up to which everything is stored, after the commit */
    public long append(String workload, String spoolName, List<AgentMessage.Numbered> events) {
        String spool = Clip.text(spoolName, 200);
        Instant now = clock.instant();
        Appended appended = database.change(tx -> {
            Position locked = lockPosition(tx, workload, spool);
            long before = locked.acknowledged();
            Twin twin = locked.hasOwn() || !spool.matches(DRAWN) ? null : twin(tx, workload, spool);
            String elsewhere = locked.fresh() && twin != null ? twin.describe(spool) : null;
            long shared = before;
            List<AgentMessage.Numbered> fresh = new ArrayList<>();
            long position = before;
            List<String> gaps = new ArrayList<>();
            Long forked = null;
            for (AgentMessage.Numbered event : events) {
                if (event.sequence() <= position) {
                    if (forked == null && event.sequence() <= before && !isStored(tx, workload, spool, event)) {
                        forked = event.sequence();
                    }
                    continue;
                }
                if (twin != null && fresh.isEmpty() && twin.acknowledged() >= event.sequence() - 1) {
                    boolean same = isAt(tx, twin, spool, event);
                    // What lies before it was confirmed to the process that it was, and is no longer on its disk.
                    position = same ? event.sequence() : event.sequence() - 1;
                    shared = position;
                    if (same) {
                        continue;
                    }
                }
                if (event.sequence() != position + 1) {
                    gaps.add((position + 1) + " to " + (event.sequence() - 1));
                }
                position = event.sequence();
                fresh.add(event);
            }
            String start = twin != null && shared > before ? share(tx, workload, twin, spool, shared) : locked.head();
            if (fresh.isEmpty()) {
                return new Appended(position, 0, gaps, forked, elsewhere);
            }
            String head = insert(tx, workload, spool, fresh, now, start);
            tx.update("update spool set acknowledged = :position, head = :head where workload_id = :workload"
                            + " and spool = :spool")
                    .bind("position", position)
                    .bind("head", head)
                    .bind("workload", workload)
                    .bind("spool", spool)
                    .execute();
            return new Appended(position, fresh.size(), gaps, forked, elsewhere);
        });
        if (appended.count() > 0) {
            stored.addAndGet(appended.count());
            listener.run();
        }
        appended.gaps().forEach(gap -> raise(workload, "events " + gap + " of spool " + spool + " are missing"));
        if (appended.elsewhere() != null) {
            raise(workload, appended.elsewhere());
        }
        if (appended.forked() != null) {
            raise(
                    workload,
                    "spool " + spool + " has two histories: event " + appended.forked()
                            + " came again with another content; the workload's disk was copied or its recording forged");
        }
        return appended.position();
    }

    private record Appended(
            long position,
            int count,
            List<String> gaps,
            @Nullable Long forked,
            @Nullable String elsewhere) {}

    /** What is sent again, after a confirmation that was lost, is what is stored. An event whose retention is over counts as stored. */
    private static boolean isStored(Tx tx, String workload, String spool, AgentMessage.Numbered event) {
        return body(tx, workload, spool, event.sequence())
                .map(stored -> isSame(stored, event.event()))
                .orElse(true);
    }

    private static boolean isAt(Tx tx, Twin twin, String spool, AgentMessage.Numbered event) {
        return twin.workloads().stream()
                .flatMap(other -> body(tx, other, spool, event.sequence()).stream())
                .anyMatch(stored -> isSame(stored, event.event()));
    }

    private static Optional<String> body(Tx tx, String workload, String spool, long sequence) {
        return tx.query(
                        "select body from event where workload_id = :workload and spool = :spool and sequence = :sequence")
                .bind("workload", workload)
                .bind("spool", spool)
                .bind("sequence", sequence)
                .mapTo(String.class)
                .findOne();
    }

    /** By members and not by text: what an earlier version stored lacks members that this one writes. */
    private static boolean isSame(String stored, Event event) {
        try {
            return Wire.read(stored, Event.class).equals(Wire.read(Columns.json(event), Event.class));
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    /** Stores an alarm that the control plane itself raises about a workload. */
    public void raise(String workload, String what) {
        Instant now = clock.instant();
        Event alarm = new Event(
                now,
                Event.Type.ALARM,
                "",
                Secrets.identifier(),
                "",
                "alarm",
                "raised by the control plane",
                null,
                List.of(),
                null,
                -1,
                List.of(),
                null,
                "",
                null,
                List.of(),
                null,
                -1,
                null,
                what);
        database.run(
                tx -> insert(tx, workload, null, List.of(new AgentMessage.Numbered(0, alarm)), now, RecordChain.START));
        stored.incrementAndGet();
        listener.run();
    }

    /** Events stored since this process started. */
    public long stored() {
        return stored.get();
    }

    /** @param anchored up to where nothing is stored under this workload: its retention is over, or another workload has it */
    private record Position(long acknowledged, long anchored, String head, boolean fresh) {
        boolean hasOwn() {
            return acknowledged > anchored;
        }
    }

    private Position lockPosition(Tx tx, String workload, String spool) {
        String select =
                "select acknowledged, anchored, head from spool where workload_id = :workload and spool = :spool for update";
        return tx.query(select)
                .bind("workload", workload)
                .bind("spool", spool)
                .map((row, ctx) -> new Position(
                        row.getLong("acknowledged"), row.getLong("anchored"), row.getString("head"), false))
                .findOne()
                .orElseGet(() -> {
                    tx.update("insert into spool (workload_id, spool, acknowledged) values (:workload, :spool, 0)")
                            .bind("workload", workload)
                            .bind("spool", spool)
                            .execute();
                    return new Position(0, 0, RecordChain.START, true);
                });
    }

    /**
     * The recording of that name under other workloads: the process enrolled anew, or its disk was copied.
     *
     * @param workloads the one that has most of it first
     * @param name of the first
     * @param acknowledged how far that has it
     */
    private record Twin(List<String> workloads, String name, long acknowledged) {

        String describe(String spool) {
            return "recording " + spool + " was uploaded by another workload before: " + name + " ("
                    + workloads.get(0) + "), events 1 to " + acknowledged
                    + "; what is the same stays there and is not counted again. The process enrolled anew, or its disk"
                    + " was copied";
        }
    }

    private static @Nullable Twin twin(Tx tx, String workload, String spool) {
        List<Twin> others = tx.query(
                        "select s.workload_id, s.acknowledged, w.name from spool s join workload w on w.id = s.workload_id"
                                + " where s.spool = :spool and s.workload_id <> :workload and s.acknowledged > 0"
                                + " order by s.acknowledged desc, s.workload_id")
                .bind("spool", spool)
                .bind("workload", workload)
                .map((row, ctx) -> new Twin(
                        List.of(row.getString("workload_id")), row.getString("name"), row.getLong("acknowledged")))
                .list();
        if (others.isEmpty()) {
            return null;
        }
        Twin most = others.get(0);
        List<String> workloads =
                others.stream().map(other -> other.workloads().get(0)).toList();
        return new Twin(workloads, most.name(), most.acknowledged());
    }

    /**
     * Notes that the recording's beginning stands under its twin.
     *
     * @return the chain behind it, from which this workload's part goes on
     */
    private static String share(Tx tx, String workload, Twin twin, String spool, long upTo) {
        String chain = twin.workloads().stream()
                .flatMap(other -> tx
                        .query("select chain from event where workload_id = :workload and spool = :spool"
                                + " and sequence = :sequence and chain is not null")
                        .bind("workload", other)
                        .bind("spool", spool)
                        .bind("sequence", upTo)
                        .mapTo(String.class)
                        .list()
                        .stream())
                .findFirst()
                .orElse(RecordChain.START);
        tx.update("update spool set acknowledged = :upTo, anchored = :upTo, head = :chain, anchor = :chain"
                        + " where workload_id = :workload and spool = :spool")
                .bind("upTo", upTo)
                .bind("chain", chain)
                .bind("workload", workload)
                .bind("spool", spool)
                .execute();
        return chain;
    }

    /** @return the chain behind the last of them, see {@link RecordChain} */
    private static String insert(
            Tx tx,
            String workload,
            @Nullable String spool,
            List<AgentMessage.Numbered> events,
            Instant now,
            String head) {
        PreparedBatch batch = tx.handle()
                .prepareBatch(
                        "insert into event (workload_id, spool, sequence, received_at, kind, verdict, target, session, body,"
                                + " chain) values (:workload, :spool, :sequence, :at, :kind, :verdict, :target, :session, :body,"
                                + " :chain)");
        String chain = head;
        Tally tally = new Tally();
        SessionTally sessions = new SessionTally();
        ShapeTally shapes = new ShapeTally();
        for (AgentMessage.Numbered numbered : events) {
            Event event = numbered.event();
            String body = Columns.json(event);
            chain = RecordChain.next(chain, RecordChain.digest(numbered.sequence(), body));
            batch.bind("workload", workload)
                    .bind("spool", spool)
                    .bindByType("sequence", spool == null ? null : numbered.sequence(), Long.class)
                    .bind("at", now)
                    .bind("kind", kind(event))
                    .bind("verdict", verdict(event))
                    .bind("target", Clip.text(event.target(), 2000))
                    .bindByType("session", SessionTally.name(event), String.class)
                    .bind("body", body)
                    .bindByType("chain", spool == null ? null : chain, String.class)
                    .add();
            tally.count(event);
            sessions.count(event);
            shapes.count(numbered.sequence(), event);
        }
        batch.execute();
        tally.store(tx, workload, now);
        sessions.store(tx, workload);
        if (spool != null) {
            shapes.store(tx, workload, spool, now);
        }
        return chain;
    }

    static String kind(Event event) {
        Event.@Nullable Type type = event.type();
        return type == null ? "ALARM" : type.name();
    }

    static @Nullable String verdict(Event event) {
        String verdict = event.verdict();
        return verdict == null ? null : Clip.text(verdict.toLowerCase(Locale.ROOT), 20);
    }
}
