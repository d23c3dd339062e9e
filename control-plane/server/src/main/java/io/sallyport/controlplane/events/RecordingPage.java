package io.sallyport.controlplane.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.sallyport.controlplane.sessions.SessionTally;
import io.sallyport.controlplane.store.Clip;
import io.sallyport.core.record.Event;
import io.sallyport.protocol.Wire;
import java.util.List;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Some events of a recording in their order, and what the store said of the recording when they were read.
 *
 * @param beyond whether there is an event behind the last one that was stored; looked for behind the last page only
 */
record RecordingPage(StoredRecording recording, List<Row> rows, boolean beyond) {

    private static final int MOST = 500;

    /** A row of the table of events. */
    record Row(
            long id,
            long sequence,
            @Nullable String chain,
            String kind,
            @Nullable String verdict,
            String target,
            @Nullable String session,
            String body) {

        /** Whether the columns that events are searched by say what the event says. */
        boolean isFoundByWhatItSays() {
            try {
                Event event = Wire.read(body, Event.class);
                return EventLog.kind(event).equals(kind)
                        && Objects.equals(EventLog.verdict(event), verdict)
                        && Clip.text(event.target(), 2000).equals(target)
                        && Objects.equals(SessionTally.name(event), session);
            } catch (JsonProcessingException e) {
                return false;
            }
        }
    }

    /**
     * The row of the recording first: what is appended behind it is not read, and what is read was there.
     *
     * @param behind only events with a larger number
     * @return {@code null} where there is no such recording any more
     */
    static @Nullable RecordingPage read(Handle handle, String workload, String spool, long behind) {
        StoredRecording now = StoredRecording.find(handle, workload, spool);
        if (now == null) {
            return null;
        }
        List<Row> rows = handle.createQuery(
                        "select id, sequence, chain, kind, verdict, target, session, body from event"
                                + " where workload_id = :workload and spool = :spool and sequence > :behind and sequence <= :last"
                                + " order by sequence limit " + MOST)
                .bind("workload", workload)
                .bind("spool", spool)
                .bind("behind", behind)
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
        return new RecordingPage(now, rows, rows.size() < MOST && isBeyond(handle, now));
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

    /** Whether no page follows. */
    boolean isLast() {
        return rows.size() < MOST;
    }
}
