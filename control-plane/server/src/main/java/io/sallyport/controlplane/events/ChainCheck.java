package io.sallyport.controlplane.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.sallyport.controlplane.sessions.SessionTally;
import io.sallyport.controlplane.store.Clip;
import io.sallyport.controlplane.store.Database;
import io.sallyport.core.record.Event;
import io.sallyport.protocol.RecordChain;
import io.sallyport.protocol.Wire;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.ResultIterable;
import org.jspecify.annotations.Nullable;

/**
 * Verifies what is stored of a workload's recordings: the events against the chain, the chain's ends against the {@linkplain StoreSeal seal} of
 * the recording, and that there is no recording less or more than was begun. Thread-safe.
 */
public final class ChainCheck {

    private final Database database;
    private final StoreSeal seal;
    private final RecordingList recordings;

    public ChainCheck(Database database, StoreSeal seal) {
        this.database = database;
        this.seal = seal;
        this.recordings = new RecordingList(database, seal);
    }

    /**
     * @param recording empty: what is found is about no recording that is there
     * @param first and {@code last} sequence numbers that are there; 0 where none is
     * @param deleted last number that is not stored here, because its retention was over or another workload had uploaded it; 0 for none
     * @param closed whether its workload confirmed that this is all; else it runs, or waits on the workload's disk
     * @param problem what was found, {@code null} when nothing was
     */
    public record Checked(
            String recording,
            long events,
            long first,
            long last,
            long deleted,
            boolean closed,
            @Nullable String problem) {}

    private record Row(
            long id,
            long sequence,
            @Nullable String chain,
            String kind,
            @Nullable String verdict,
            String target,
            @Nullable String session,
            String body) {}

    public List<Checked> of(String workload) {
        return of(workload, recording -> true);
    }

    /** What is wrong with one recording; {@code null}: nothing. */
    @Nullable
    String problem(String workload, String recording) {
        return of(workload, stored -> stored.spool().equals(recording)).stream()
                .map(Checked::problem)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private List<Checked> of(String workload, Predicate<StoredRecording> which) {
        List<StoredRecording> stored = database.read(
                handle -> handle.createQuery(StoredRecording.SELECT + " where workload_id = :workload order by spool")
                        .bind("workload", workload)
                        .map(StoredRecording::read)
                        .list());
        List<Checked> checked = new ArrayList<>();
        stored.stream().filter(which).forEach(recording -> checked.add(check(recording)));
        about(strays(workload), checked);
        about(recordings.problem(), checked);
        return checked;
    }

    private static void about(@Nullable String problem, List<Checked> checked) {
        if (problem != null) {
            checked.add(new Checked("", 0, 0, 0, 0, false, problem));
        }
    }

    private @Nullable String strays(String workload) {
        long count = database.read(handle -> handle.createQuery(
                        "select count(*) from event e where e.workload_id = :workload and not exists"
                                + " (select 1 from spool s where s.workload_id = e.workload_id and s.spool = e.spool)")
                .bind("workload", workload)
                .mapTo(Long.class)
                .one());
        return count == 0
                ? null
                : count + " events belong to no recording: inserted, or what they belonged to was removed";
    }

    private Checked check(StoredRecording recording) {
        Walk walk = new Walk(recording);
        if (!recording.isSealedBy(seal)) {
            walk.problem = recording.ordinal() == 0 && recording.seal().isEmpty()
                    ? "nothing proves it: it was stored before recordings were sealed, or its seal was removed"
                    : "what the store says of it was altered: its seal does not match";
        }
        database.read(handle -> {
            rows(handle, recording).forEach(walk::step);
            return true;
        });
        return walk.end();
    }

    private static ResultIterable<Row> rows(Handle handle, StoredRecording recording) {
        return handle.createQuery("select id, sequence, chain, kind, verdict, target, session, body from event"
                        + " where workload_id = :workload and spool = :spool order by sequence")
                .bind("workload", recording.workload())
                .bind("spool", recording.spool())
                .setFetchSize(500)
                .map((row, ctx) -> new Row(
                        row.getLong("id"),
                        row.getLong("sequence"),
                        row.getString("chain"),
                        row.getString("kind"),
                        row.getString("verdict"),
                        row.getString("target"),
                        row.getString("session"),
                        row.getString("body")));
    }

    private static final class Walk {
        private final StoredRecording recording;
        private String chain;
        private long events;
        private long first;
        private long last;
        private long id = Long.MIN_VALUE;
        private @Nullable String problem;
        private final List<String> gaps = new ArrayList<>();

        Walk(StoredRecording recording) {
            this.recording = recording;
            this.chain = recording.anchor();
            this.last = recording.anchored();
        }

        void step(Row row) {
            if (problem != null || recording.isUnchained(row.sequence(), row.chain())) {
                return;
            }
            first = first == 0 ? row.sequence() : first;
            chain = RecordChain.next(chain, RecordChain.digest(row.sequence(), row.body()));
            if (row.sequence() <= recording.anchored()) {
                problem = "event " + row.sequence() + " was inserted";
            } else if (!chain.equals(row.chain())) {
                problem = "event " + row.sequence() + " was altered, or one before it was dropped or inserted";
            } else if (row.id() <= id) {
                problem = "event " + row.sequence() + " was moved in the order in which events are shown";
            } else if (!describes(row)) {
                problem = "what event " + row.sequence() + " is found by was altered";
            } else if (row.sequence() != last + 1) {
                gaps.add(last + 2 == row.sequence() ? "" + (last + 1) : (last + 1) + " to " + (row.sequence() - 1));
            }
            last = row.sequence();
            id = row.id();
            events++;
        }

        /** Whether the columns that events are searched by say what the event says. */
        private static boolean describes(Row row) {
            try {
                Event event = Wire.read(row.body(), Event.class);
                return EventLog.kind(event).equals(row.kind())
                        && Objects.equals(EventLog.verdict(event), row.verdict())
                        && Clip.text(event.target(), 2000).equals(row.target())
                        && Objects.equals(SessionTally.name(event), row.session());
            } catch (JsonProcessingException e) {
                return false;
            }
        }

        Checked end() {
            if (problem == null && (!chain.equals(recording.head()) || last != recording.acknowledged())) {
                problem = "events behind " + last + " are missing; " + recording.acknowledged() + " were stored";
            }
            if (problem == null && recording.ended() == StoredRecording.GONE) {
                problem =
                        "what came behind event " + last + " is lost: the recording vanished from the workload's disk";
            }
            if (problem == null && !gaps.isEmpty()) {
                problem = "events " + String.join(", ", gaps) + " never came";
            }
            return new Checked(
                    recording.spool(),
                    events,
                    first,
                    events == 0 ? 0 : last,
                    recording.anchored(),
                    recording.isClosed(),
                    problem);
        }
    }
}
