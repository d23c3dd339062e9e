package io.sallyport.controlplane.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.sallyport.controlplane.events.ChainCheck.Checked;
import io.sallyport.controlplane.sessions.SessionTally;
import io.sallyport.controlplane.store.Clip;
import io.sallyport.controlplane.store.Database;
import io.sallyport.core.record.Event;
import io.sallyport.protocol.RecordChain;
import io.sallyport.protocol.Wire;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Goes over the events of one recording, a page at a time, and recomputes its chain. The recording may grow meanwhile, and its beginning may be
 * deleted by retention: each page is read against the row as it then is. Not thread-safe.
 */
final class RecordingWalk {

    private static final int PAGE = 500;

    private final Database database;
    private final StoreSeal seal;

    /** As it was last read, and with the anchor that the walk began at. */
    private StoredRecording recording;

    private String chain;
    private long began;
    private long cursor = Long.MIN_VALUE;
    private long events;
    private long first;
    private long last;
    private long id = Long.MIN_VALUE;
    private boolean over;
    private @Nullable String altered;
    private final List<String> gaps = new ArrayList<>();

    RecordingWalk(Database database, StoreSeal seal, StoredRecording recording) {
        this.database = database;
        this.seal = seal;
        this.recording = recording;
        this.chain = recording.anchor();
        this.began = recording.anchored();
        this.last = began;
    }

    private record Row(
            long id,
            long sequence,
            @Nullable String chain,
            String kind,
            @Nullable String verdict,
            String target,
            @Nullable String session,
            String body) {}

    /** @param beyond whether there is an event behind the last one that was stored */
    private record Page(StoredRecording recording, List<Row> rows, boolean beyond) {}

    /** The whole recording at once. */
    Checked toItsEnd() {
        while (!isOver()) {
            goOn();
        }
        return found();
    }

    boolean isOver() {
        return over;
    }

    /** @return how many events were looked at */
    int goOn() {
        Page page = database.read(this::page);
        if (page == null) {
            // Removed since the walk began: the list of recordings tells.
            over = true;
            return 0;
        }
        recording = page.recording();
        if (recording.isAltered(seal)) {
            altered = "what the store says of it was altered: its seal does not match";
        }
        for (Row row : page.rows()) {
            if (altered != null) {
                break;
            }
            step(row);
            cursor = row.sequence();
        }
        if (altered == null && page.rows().size() < PAGE) {
            end(page);
            over = true;
        }
        if (altered != null && recording.anchored() != began && !recording.isAltered(seal)) {
            // Retention deleted what the walk stood on.
            again();
        }
        over |= altered != null;
        return page.rows().size();
    }

    private void again() {
        chain = recording.anchor();
        began = recording.anchored();
        last = began;
        cursor = Long.MIN_VALUE;
        id = Long.MIN_VALUE;
        events = 0;
        first = 0;
        altered = null;
        over = false;
        gaps.clear();
    }

    /** The row first: what is appended behind it is not read, and what is read was there. */
    private @Nullable Page page(Handle handle) {
        StoredRecording now = StoredRecording.find(handle, recording.workload(), recording.spool());
        if (now == null) {
            return null;
        }
        List<Row> rows = handle.createQuery(
                        "select id, sequence, chain, kind, verdict, target, session, body from event"
                                + " where workload_id = :workload and spool = :spool and sequence > :cursor and sequence <= :last"
                                + " order by sequence limit " + PAGE)
                .bind("workload", now.workload())
                .bind("spool", now.spool())
                .bind("cursor", cursor)
                .bind("last", now.acknowledged())
                .map((row, context) -> new Row(
                        row.getLong("id"),
                        row.getLong("sequence"),
                        row.getString("chain"),
                        row.getString("kind"),
                        row.getString("verdict"),
                        row.getString("target"),
                        row.getString("session"),
                        row.getString("body")))
                .list();
        return new Page(now, rows, rows.size() < PAGE && isBeyond(handle, now));
    }

    /** In one statement, since the recording grows. */
    private static boolean isBeyond(Handle handle, StoredRecording now) {
        return handle.createQuery(
                        "select 1 from event e join spool s on s.workload_id = e.workload_id and s.spool = e.spool"
                                + " where e.workload_id = :workload and e.spool = :spool and e.sequence > :last"
                                + " and e.sequence > s.acknowledged limit 1")
                .bind("workload", now.workload())
                .bind("spool", now.spool())
                .bind("last", now.acknowledged())
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    private void step(Row row) {
        if (recording.isUnchained(row.sequence(), row.chain())) {
            return;
        }
        first = first == 0 ? row.sequence() : first;
        chain = RecordChain.next(chain, RecordChain.digest(row.sequence(), row.body()));
        if (row.sequence() <= began) {
            altered = "event " + row.sequence() + " was inserted";
        } else if (!chain.equals(row.chain())) {
            altered = "event " + row.sequence() + " was altered, or one before it was dropped or inserted";
        } else if (row.id() <= id) {
            altered = "event " + row.sequence() + " was moved in the order in which events are shown";
        } else if (!describes(row)) {
            altered = "what event " + row.sequence() + " is found by was altered";
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

    private void end(Page page) {
        if (!chain.equals(recording.head()) || last != recording.acknowledged()) {
            altered = "events behind " + last + " are missing; " + recording.acknowledged() + " were stored";
        } else if (page.beyond()) {
            altered = "events behind " + last + " were inserted, or the row that counts them was altered";
        }
    }

    /** What is known when it {@linkplain #isOver is over}. */
    Checked found() {
        String problem = altered;
        if (problem == null && !recording.isSealedBy(seal)) {
            problem = "nothing proves it: it was stored before recordings were sealed, or its seal was removed";
        }
        if (problem == null && recording.ended() == StoredRecording.GONE) {
            problem = "what came behind event " + last + " is lost: the recording vanished from the workload's disk";
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
                altered != null,
                problem);
    }
}
