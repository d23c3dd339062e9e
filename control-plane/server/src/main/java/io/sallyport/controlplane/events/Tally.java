package io.sallyport.controlplane.events;

import io.sallyport.controlplane.sessions.SessionTally;
import io.sallyport.controlplane.store.Tx;
import io.sallyport.core.record.Event;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/**
 * Counts of one batch, added to the minute's and the workload's counters in the transaction that stores the batch. A call counts
 * once, by its decision (or by the opening of its connection). The total's row, which enrolment makes, is updated first and so
 * serialises whoever adds to one workload's counters.
 */
final class Tally {

    private static final String COLUMNS =
            "allowed = allowed + :allowed, denied = denied + :denied, held = held + :held,"
                    + " masked = masked + :masked, alarms = alarms + :alarms";

    private long allowed;
    private long denied;
    private long held;
    private long masked;
    private long alarms;

    void count(Event event) {
        String kind = EventLog.kind(event);
        if (kind.equals("ALARM")) {
            alarms++;
        }
        if (kind.equals("COUNT")) {
            allowed += Math.max(0, Math.min(event.rows(), SessionTally.MOST_AT_ONCE));
        }
        if (!kind.equals("DECISION") && !kind.equals("OPEN")) {
            return;
        }
        String verdict = EventLog.verdict(event);
        if (verdict == null) {
            return;
        }
        switch (verdict) {
            case "allow", "rewrite" -> allowed++;
            case "deny" -> denied++;
            case "hold" -> held++;
            default -> {
                return;
            }
        }
        @Nullable List<String> masks = event.masked();
        if (masks != null && !masks.isEmpty()) {
            masked++;
        }
    }

    void store(Tx tx, String workload, Instant now) {
        if (allowed + denied + held + masked + alarms == 0) {
            return;
        }
        add(tx, "tally_total", "workload_id = :workload", "workload_id", ":workload", workload, now);
        add(
                tx,
                "tally",
                "workload_id = :workload and slot = :slot",
                "workload_id, slot",
                ":workload, :slot",
                workload,
                now);
    }

    private void add(
            Tx tx, String table, String where, String keyColumns, String keyValues, String workload, Instant now) {
        Instant slot = now.truncatedTo(ChronoUnit.MINUTES);
        int updated = bound(tx, "update " + table + " set " + COLUMNS + " where " + where, workload, slot);
        if (updated == 0) {
            bound(
                    tx,
                    "insert into " + table + " (" + keyColumns + ", allowed, denied, held, masked, alarms) values ("
                            + keyValues + ", :allowed, :denied, :held, :masked, :alarms)",
                    workload,
                    slot);
        }
    }

    private int bound(Tx tx, String sql, String workload, Instant slot) {
        Update update = tx.update(sql);
        if (sql.contains(":slot")) {
            update.bind("slot", slot);
        }
        return update.bind("workload", workload)
                .bind("allowed", allowed)
                .bind("denied", denied)
                .bind("held", held)
                .bind("masked", masked)
                .bind("alarms", alarms)
                .execute();
    }
}
