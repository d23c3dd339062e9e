package io.sallyport.controlplane.events;

import io.sallyport.controlplane.events.ChainCheck.Checked;
import io.sallyport.controlplane.store.Database;
import io.sallyport.protocol.RecordChain;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Goes over the events of one recording, a page at a time, and recomputes its chain. The recording may grow meanwhile, and its beginning may be
 * deleted by retention: each page is read against the row as it then is. Not thread-safe.
 */
final class RecordingWalk {

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
        RecordingPage page =
                database.read(handle -> RecordingPage.read(handle, recording.workload(), recording.spool(), cursor));
        if (page == null) {
            // Removed since the walk began: the list of recordings tells.
            over = true;
            return 0;
        }
        recording = page.recording();
        if (recording.isAltered(seal)) {
            altered = "what the store says of it was altered: its seal does not match";
        }
        for (RecordingPage.Row row : page.rows()) {
            if (altered != null) {
                break;
            }
            step(row);
            cursor = row.sequence();
        }
        if (altered == null && page.isLast()) {
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

    private void step(RecordingPage.Row row) {
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
        } else if (!row.isFoundByWhatItSays()) {
            altered = "what event " + row.sequence() + " is found by was altered";
        } else if (row.sequence() != last + 1) {
            gaps.add(last + 2 == row.sequence() ? "" + (last + 1) : (last + 1) + " to " + (row.sequence() - 1));
        }
        last = row.sequence();
        id = row.id();
        events++;
    }

    private void end(RecordingPage page) {
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
