package io.sallyport.controlplane.events;

import io.sallyport.controlplane.store.Clip;
import io.sallyport.controlplane.store.Database;
import io.sallyport.controlplane.store.Tx;
import io.sallyport.core.record.Event;
import io.sallyport.protocol.AgentMessage;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
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
    private final StoreSeal seal;
    private final RecordingList recordings;
    private final EventTexts texts;
    private final Set<String> foundAltered = ConcurrentHashMap.newKeySet();
    private final AtomicLong stored = new AtomicLong();
    private volatile Runnable listener = () -> {};

    public EventLog(Database database, StoreSeal seal, Clock clock) {
        this.database = database;
        this.seal = seal;
        this.recordings = new RecordingList(database, seal);
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
                .bind("spool", name(spool))
                .mapTo(Long.class)
                .findOne()
                .orElse(0L));
    }

    /**
     * The same of several. One that another workload has uploaded, and this one has not, is left out: what of it is the same is found as it comes in,
     * and need not come from its beginning.
     */
    public Map<String, Long> acknowledged(String workload, Collection<String> spools) {
        if (spools.isEmpty()) {
            return Map.of();
        }
        Map<String, Long> all = new HashMap<>();
        spools.forEach(spool -> all.put(name(spool), 0L));
        database
                .read(handle -> handle.createQuery(
                                "select spool, workload_id, acknowledged from spool where spool in (<spools>)")
                        .bindList("spools", List.copyOf(all.keySet()))
                        .map((row, context) -> new Held(
                                row.getString("spool"), row.getString("workload_id"), row.getLong("acknowledged")))
                        .list())
                .stream()
                .sorted(Comparator.comparing(held -> held.workload().equals(workload)))
                .forEach(held -> {
                    if (held.workload().equals(workload)) {
                        all.put(held.spool(), held.acknowledged());
                    } else {
                        all.remove(held.spool());
                    }
                });
        return all;
    }

    private record Held(String spool, String workload, long acknowledged) {}

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
        ordered.forEach(upload -> recordings.enter(upload.workload(), name(upload.spool())));
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

    /** An agent's name for a recording as the column takes it; the control plane's own name is no agent's. */
    static String name(String spool) {
        String name = Clip.text(spool, 200);
        return name.equals(StoredRecording.OWN) ? name + "*" : name;
    }

    private Appended append(Tx tx, EventRows rows, Upload upload) {
        String workload = upload.workload();
        String spool = name(upload.spool());
        StoredRecording locked = StoredRecording.lock(tx, workload, spool);
        long before = locked.acknowledged();
        Twin twin = locked.hasOwn() || !spool.matches(DRAWN) ? null : Twin.of(tx, seal, workload, spool);
        if (twin != null) {
            // It may have events in this transaction.
            rows.write();
        }
        String elsewhere = locked.isEmpty() && twin != null ? twin.describe(spool) : null;
        long shared = before;
        List<AgentMessage.Numbered> fresh = new ArrayList<>();
        long position = before;
        List<String> gaps = new ArrayList<>();
        Long forked = null;
        for (AgentMessage.Numbered event : upload.events()) {
            if (event.sequence() <= position) {
                if (forked == null
                        && event.sequence() <= before
                        && !StoredBodies.isStored(tx, workload, spool, event)) {
                    forked = event.sequence();
                }
                continue;
            }
            if (twin != null && fresh.isEmpty() && twin.acknowledged() >= event.sequence() - 1) {
                boolean same = StoredBodies.isAt(tx, twin, spool, event);
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
        StoredRecording start =
                twin == null || shared <= before ? locked : locked.anchoredAt(shared, twin.chain(tx, shared));
        StoredRecording now =
                fresh.isEmpty() ? start : start.upTo(position, rows.add(workload, spool, fresh, start.head()));
        now.store(tx, locked, seal);
        return new Appended(position, fresh.size(), gaps, forked, elsewhere, locked.isAltered(seal));
    }

    private void raiseAbout(Upload upload, Appended appended) {
        String workload = upload.workload();
        String spool = name(upload.spool());
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
        if (appended.altered() && foundAltered.add(workload + '\n' + spool)) {
            raise(
                    workload,
                    "what the store says of spool " + spool
                            + " is not what the control plane wrote: somebody changed the" + " database; `recordings "
                            + workload + "` tells what is left of it");
        }
    }

    private record Appended(
            long position,
            int count,
            List<String> gaps,
            @Nullable Long forked,
            @Nullable String elsewhere,
            boolean altered) {}

    /** Stores an alarm that the control plane itself raises about a workload. */
    public void raise(String workload, String what) {
        OwnAlarm alarm = prepare(workload, what);
        database.run(tx -> store(tx, alarm));
        announce();
    }

    /** An alarm of the control plane itself that is ready to be stored. */
    public record OwnAlarm(String workload, Instant at, Event event, Map<Event, Long> texts) {}

    /** Does what precedes the transaction that an alarm is to be stored in; none may be under way. */
    public OwnAlarm prepare(String workload, String what) {
        Instant now = clock.instant();
        Event alarm = Event.alarm(now, "raised by the control plane", what);
        recordings.enter(workload, StoredRecording.OWN);
        return new OwnAlarm(workload, now, alarm, texts.of(Stream.of(new AgentMessage.Numbered(0, alarm)), now));
    }

    /** Stores an alarm with what it is about, or neither; {@link #announce} follows the commit. */
    public void store(Tx tx, OwnAlarm alarm) {
        String workload = alarm.workload();
        StoredRecording locked = StoredRecording.lock(tx, workload, StoredRecording.OWN);
        EventRows rows = new EventRows(tx, alarm.at(), alarm.texts());
        long next = locked.acknowledged() + 1;
        String head = rows.add(
                workload, StoredRecording.OWN, List.of(new AgentMessage.Numbered(next, alarm.event())), locked.head());
        rows.store();
        locked.upTo(next, head).store(tx, locked, seal);
    }

    /** Tells whoever listens that an alarm was committed. */
    public void announce() {
        stored.incrementAndGet();
        listener.run();
    }

    /** Events stored since this process started. */
    public long stored() {
        return stored.get();
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
