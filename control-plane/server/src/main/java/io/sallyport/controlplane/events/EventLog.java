package io.sallyport.controlplane.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.sallyport.controlplane.secrets.Secrets;
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
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Stores what agents upload. Thread-safe.
 *
 * <p>An event is stored exactly once by (workload, spool, sequence): a transaction holds the lock on the rows of the spools that it
 * writes, takes only what lies behind their acknowledged positions, and moves those. A hole in the sequence is stored as an
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
    private final EventTexts texts;
    private final AtomicLong stored = new AtomicLong();
    private volatile Runnable listener = () -> {};

    public EventLog(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
        this.texts = new EventTexts(database);
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
    public long append(String workload, String spool, List<AgentMessage.Numbered> events) {
        return append(List.of(new Upload(workload, spool, events, 0))).get(0);
    }

    /**
     * All in one transaction.
     *
     * @return for each upload the position up to which everything of its recording is stored
     */
    List<Long> append(List<Upload> uploads) {
        Instant now = clock.instant();
        // In the order of the rows that are locked, which is the same in every transaction; of one recording as they
        // came.
        List<Upload> ordered = new ArrayList<>(uploads);
        ordered.sort(Comparator.comparing(Upload::workload).thenComparing(Upload::spool));
        Map<Event, Long> known = texts.of(ordered.stream().flatMap(upload -> upload.events().stream()), now);
        Map<Upload, Appended> appended = database.change(tx -> {
            EventRows rows = new EventRows(tx, now, known);
            Map<Upload, Appended> each = new IdentityHashMap<>();
            ordered.forEach(upload -> each.put(upload, append(tx, rows, upload)));
            rows.store();
            return each;
        });
        int count = appended.values().stream().mapToInt(Appended::count).sum();
        if (count > 0) {
            stored.addAndGet(count);
            listener.run();
        }
        appended.forEach(this::raiseAbout);
        return uploads.stream()
                .map(upload -> Objects.requireNonNull(appended.get(upload)).position())
                .toList();
    }

    private static Appended append(Tx tx, EventRows rows, Upload upload) {
        String workload = upload.workload();
        String spool = Clip.text(upload.spool(), 200);
        Position locked = lockPosition(tx, workload, spool);
        long before = locked.acknowledged();
        Twin twin = locked.hasOwn() || !spool.matches(DRAWN) ? null : Twin.of(tx, workload, spool);
        if (twin != null) {
            // It may have events in this transaction.
            rows.write();
        }
        String elsewhere = locked.fresh() && twin != null ? twin.describe(spool) : null;
        long shared = before;
        List<AgentMessage.Numbered> fresh = new ArrayList<>();
        long position = before;
        List<String> gaps = new ArrayList<>();
        Long forked = null;
        for (AgentMessage.Numbered event : upload.events()) {
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
        String start = twin != null && shared > before ? twin.share(tx, workload, spool, shared) : locked.head();
        if (fresh.isEmpty()) {
            return new Appended(position, 0, gaps, forked, elsewhere);
        }
        String head = rows.add(workload, spool, fresh, start);
        tx.update("update spool set acknowledged = :position, head = :head where workload_id = :workload"
                        + " and spool = :spool")
                .bind("position", position)
                .bind("head", head)
                .bind("workload", workload)
                .bind("spool", spool)
                .execute();
        return new Appended(position, fresh.size(), gaps, forked, elsewhere);
    }

    private void raiseAbout(Upload upload, Appended appended) {
        String workload = upload.workload();
        String spool = Clip.text(upload.spool(), 200);
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
        List<AgentMessage.Numbered> one = List.of(new AgentMessage.Numbered(0, alarm));
        Map<Event, Long> known = texts.of(one.stream(), now);
        database.run(tx -> {
            EventRows rows = new EventRows(tx, now, known);
            rows.add(workload, null, one, RecordChain.START);
            rows.store();
        });
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

    private static Position lockPosition(Tx tx, String workload, String spool) {
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

    static String kind(Event event) {
        Event.@Nullable Type type = event.type();
        return type == null ? "ALARM" : type.name();
    }

    static @Nullable String verdict(Event event) {
        String verdict = event.verdict();
        return verdict == null ? null : Clip.text(verdict.toLowerCase(Locale.ROOT), 20);
    }
}
