package io.sallyport.controlplane.events;

import io.sallyport.controlplane.store.Database;
import io.sallyport.controlplane.store.Tx;
import io.sallyport.protocol.RecordChain;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Which recordings there are, of all workloads: each new one is numbered, and a sealed chain over the list says that none was taken out or put in
 * between. A recording that is removed with all of its events is missed in the list. That there once was a list is remembered {@linkplain StoreSeal#begin outside of the
 * database}, so that an emptied store is not taken for a new one. Thread-safe.
 */
final class RecordingList {

    private static final int REMEMBERED = 100_000;

    private final Database database;
    private final StoreSeal seal;
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    RecordingList(Database database, StoreSeal seal) {
        this.database = database;
        this.seal = seal;
    }

    private record End(long recordings, String head, String seal) {}

    /** The recording is in the list from then on, whether or not anything of it is ever uploaded. In a transaction of its own, since all wait for it. */
    void enter(String workload, String spool) {
        String key = workload + '\n' + spool;
        if (known.contains(key)) {
            return;
        }
        database.run(tx -> {
            if (!isStored(tx, workload, spool)) {
                End end = lock(tx);
                // Somebody else may have entered it while this waited for the lock.
                if (!isStored(tx, workload, spool)) {
                    add(tx, end, workload, spool);
                }
            }
        });
        if (!seal.hasBegun()) {
            database.read(this::end);
        }
        if (known.size() > REMEMBERED) {
            known.clear();
        }
        known.add(key);
    }

    private static boolean isStored(Tx tx, String workload, String spool) {
        return tx.query("select 1 from spool where workload_id = :workload and spool = :spool")
                .bind("workload", workload)
                .bind("spool", spool)
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    private void add(Tx tx, End end, String workload, String spool) {
        long ordinal = end.recordings() + 1;
        String head = next(end.head(), ordinal, workload, spool);
        StoredRecording.fresh(workload, spool, ordinal, seal).insert(tx);
        // What somebody else wrote is not vouched for.
        String sealed = isWhole(end) ? sealOf(ordinal, head) : end.seal();
        tx.update("update recording_list set recordings = :recordings, head = :head, seal = :seal where id = 1")
                .bind("recordings", ordinal)
                .bind("head", head)
                .bind("seal", sealed)
                .execute();
    }

    private static End lock(Tx tx) {
        return tx.query("select recordings, head, seal from recording_list where id = 1 for update")
                .map((row, context) -> new End(row.getLong("recordings"), row.getString("head"), row.getString("seal")))
                .findOne()
                .orElseGet(() -> {
                    // Somebody removed the row: what is entered is taken, and nothing vouches for the list.
                    tx.update("insert into recording_list (id, recordings, head, seal) values (1, 0, :head, 'removed')")
                            .bind("head", RecordChain.START)
                            .execute();
                    return new End(0, RecordChain.START, "removed");
                });
    }

    /** Before the first recording of all there is no seal: a migration made the row. */
    private boolean isWhole(End end) {
        return end.recordings() == 0 && end.seal().isEmpty() && !seal.hasBegun()
                || StoreSeal.same(end.seal(), sealOf(end.recordings(), end.head()));
    }

    private String sealOf(long recordings, String head) {
        return seal.of("recording list", recordings, head);
    }

    private static String next(String head, long ordinal, String workload, String spool) {
        return RecordChain.next(head, RecordChain.digest(ordinal, workload + "\n" + spool));
    }

    /** What is wrong with the list; {@code null}: nothing. */
    @Nullable
    String problem() {
        return database.read(this::problem);
    }

    private @Nullable End end(Handle handle) {
        End end = handle.createQuery("select recordings, head, seal from recording_list where id = 1")
                .map((row, context) -> new End(row.getLong("recordings"), row.getString("head"), row.getString("seal")))
                .findOne()
                .orElse(null);
        if (end != null && end.recordings() > 0 && isWhole(end)) {
            seal.begin();
        }
        return end;
    }

    private @Nullable String problem(Handle handle) {
        End end = end(handle);
        List<Entry> entries = handle.createQuery(
                        "select ordinal, workload_id, spool from spool where ordinal > 0 order by ordinal")
                .map((row, context) ->
                        new Entry(row.getLong("ordinal"), row.getString("workload_id"), row.getString("spool")))
                .list();
        if (end == null || end.recordings() == 0) {
            return entries.isEmpty() && !seal.hasBegun()
                    ? null
                    : "the list of all recordings was removed from the store";
        }
        if (!isWhole(end)) {
            return "the list of all recordings was altered in the store";
        }
        return walk(end, entries);
    }

    private record Entry(long ordinal, String workload, String spool) {}

    private static @Nullable String walk(End end, List<Entry> entries) {
        List<String> missing = new ArrayList<>();
        String head = RecordChain.START;
        long ordinal = 0;
        for (Entry entry : entries) {
            if (entry.ordinal() > ordinal + 1) {
                missing.add(range(ordinal + 1, entry.ordinal() - 1));
            }
            ordinal = entry.ordinal();
            head = next(head, ordinal, entry.workload(), entry.spool());
        }
        if (ordinal < end.recordings()) {
            missing.add(range(ordinal + 1, end.recordings()));
        }
        if (!missing.isEmpty()) {
            return "of the " + end.recordings() + " recordings of all workloads " + String.join(", ", missing)
                    + " in the order of their beginning were removed from the store";
        }
        return head.equals(end.head()) ? null : "the list of all recordings was altered in the store";
    }

    private static String range(long from, long to) {
        return from == to ? "number " + from : "numbers " + from + " to " + to;
    }
}
