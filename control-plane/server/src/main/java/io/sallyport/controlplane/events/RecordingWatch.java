package io.sallyport.controlplane.events;

import io.sallyport.controlplane.store.Database;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Goes round all that is stored, slowly and again and again, so that what somebody changed in the database is an alarm though nobody asks: also in
 * recordings that are closed, to which no upload comes any more. Each replica goes its own round; what is found is raised once by each, and
 * again after its next start as long as it is so. Not thread-safe.
 */
public final class RecordingWatch {

    private static final Logger LOG = LoggerFactory.getLogger(RecordingWatch.class);

    private final Database database;
    private final ChainCheck check;
    private final EventLog events;
    private final int atOnce;
    private final Set<String> raised = new HashSet<>();
    private @Nullable StoredRecording at;
    private @Nullable RecordingWalk walk;

    /** @param atOnce about how many events are looked at in one turn */
    public RecordingWatch(Database database, ChainCheck check, EventLog events, int atOnce) {
        this.database = database;
        this.check = check;
        this.events = events;
        this.atOnce = atOnce;
    }

    /** One turn: goes on where the last one stopped, and no further than to the end of the round. */
    public void look() {
        for (int left = atOnce; left > 0; ) {
            RecordingWalk going = walk;
            if (going == null || going.isOver()) {
                StoredRecording next = database.read(this::next).orElse(null);
                if (next == null) {
                    endRound();
                    return;
                }
                at = next;
                going = check.walk(next);
                walk = going;
            }
            // A recording without events costs a query, too.
            left -= Math.max(going.goOn(), 100);
            if (going.isOver() && at != null) {
                about(at, going.found());
            }
        }
    }

    private Optional<StoredRecording> next(Handle handle) {
        return handle.createQuery(StoredRecording.SELECT
                        + " where workload_id > :workload or workload_id = :workload and spool > :spool"
                        + " order by workload_id, spool limit 1")
                .bind("workload", at == null ? "" : at.workload())
                .bind("spool", at == null ? "" : at.spool())
                .map(StoredRecording::read)
                .findOne();
    }

    private void about(StoredRecording recording, ChainCheck.Checked found) {
        if (found.altered()) {
            String name = "recording " + recording.spool();
            raise(recording.workload(), name, name + ": " + found.problem());
        }
    }

    private void endRound() {
        at = null;
        walk = null;
        List<String> workloads =
                database.read(handle -> handle.createQuery("select distinct e.workload_id from event e where not exists"
                                + " (select 1 from spool s where s.workload_id = e.workload_id and s.spool = e.spool)")
                        .mapTo(String.class)
                        .list());
        for (String workload : workloads) {
            raise(workload, "strays", check.strays(workload));
        }
        check.sessionProblems().forEach((workload, problem) -> raise(workload, "sessions", problem));
        String problem = check.listProblem();
        if (problem != null) {
            // It is about all of them: shown with the one that was seen last.
            database.read(handle -> handle.createQuery("select id from workload order by last_seen desc, id limit 1")
                            .mapTo(String.class)
                            .findOne())
                    .ifPresent(workload -> raise(workload, "list", problem));
        }
    }

    /** @param about what it is about: the numbers in a problem change while a recording grows */
    private void raise(String workload, String about, @Nullable String problem) {
        if (problem != null && raised.add(workload + '\n' + about)) {
            LOG.warn("Somebody changed the database of workload {}: {}", workload, problem);
            events.raise(
                    workload,
                    "somebody changed the database: " + problem + "; `recordings " + workload
                            + "` tells what is left of it");
        }
    }
}
