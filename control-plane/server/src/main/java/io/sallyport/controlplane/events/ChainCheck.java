package io.sallyport.controlplane.events;

import io.sallyport.controlplane.store.Database;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Verifies what is stored of a workload's recordings: the events against the chain, the chain's ends against the {@linkplain StoreSeal seal} of
 * the recording, and that there is no recording less or more than was begun. Thread-safe.
 */
public final class ChainCheck {

    private final Database database;
    private final StoreSeal seal;
    private final RecordingList recordings;
    private final ListedSessions sessions;

    public ChainCheck(Database database, StoreSeal seal) {
        this.database = database;
        this.seal = seal;
        this.recordings = new RecordingList(database, seal);
        this.sessions = new ListedSessions(database);
    }

    /**
     * @param recording empty: what is found is about no recording that is there
     * @param first and {@code last} sequence numbers that are there; 0 where none is
     * @param deleted last number that is not stored here, because its retention was over or another workload had uploaded it; 0 for none
     * @param closed whether its workload confirmed that this is all; else it runs, or waits on the workload's disk
     * @param altered whether somebody changed the store; else the problem is what never came, or what nothing proves
     * @param problem what was found, {@code null} when nothing was
     */
    public record Checked(
            String recording,
            long events,
            long first,
            long last,
            long deleted,
            boolean closed,
            boolean altered,
            @Nullable String problem) {}

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
        stored.stream()
                .filter(which)
                .forEach(recording -> checked.add(walk(recording).toItsEnd()));
        about(strays(workload), checked);
        about(sessions.problem(workload), checked);
        about(listProblem(), checked);
        return checked;
    }

    private static void about(@Nullable String problem, List<Checked> checked) {
        if (problem != null) {
            checked.add(new Checked("", 0, 0, 0, 0, false, true, problem));
        }
    }

    /** Events of a workload that are in none of its recordings; {@code null}: there are none. */
    @Nullable
    String strays(String workload) {
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

    /** What is wrong with the list of all recordings; {@code null}: nothing. */
    @Nullable
    String listProblem() {
        return recordings.problem();
    }

    /** What is wrong with the list of sessions, by workload. */
    Map<String, String> sessionProblems() {
        return sessions.problems();
    }

    /** Goes over one recording. */
    RecordingWalk walk(StoredRecording recording) {
        return new RecordingWalk(database, seal, recording);
    }
}
