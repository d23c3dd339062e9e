package io.sallyport.controlplane.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.sallyport.controlplane.audit.AuditLog;
import io.sallyport.controlplane.store.Database;
import io.sallyport.core.record.Event;
import io.sallyport.protocol.Wire;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Deletes events whose retention ({@code record.retain} of the policy in force) is over. Of each recording a beginning is deleted and never a
 * part from the middle, and the chain's value there is kept, so that what is left can still be verified. Thread-safe.
 */
public final class Retention {

    private static final int AT_ONCE = 2_000;

    private final Database database;
    private final StoreSeal seal;
    private final AuditLog audit;
    private final Supplier<Duration> retain;
    private final Clock clock;

    /** @param retain asked anew at each sweep */
    public Retention(Database database, StoreSeal seal, AuditLog audit, Supplier<Duration> retain, Clock clock) {
        this.database = database;
        this.seal = seal;
        this.audit = audit;
        this.retain = retain;
        this.clock = clock;
    }

    private record Old(String workload, String spool) {}

    private record End(long sequence, @Nullable String chain, String body) {}

    /** @return how many events were deleted */
    public long sweep() {
        Instant before = clock.instant().minus(retain.get());
        long deleted = 0;
        for (Old old : recordings(before)) {
            long now;
            do {
                now = beginning(old, before);
                deleted += now;
            } while (now > 0);
        }
        deleted += database.change(tx -> tx.update("delete from event where spool is null and received_at < :before")
                .bind("before", before)
                .execute());
        database.run(tx -> tx.update(
                        "delete from call_session where last_at < :before and not exists (select 1 from"
                                + " event e where e.workload_id = call_session.workload_id and e.session = call_session.session)")
                .bind("before", before)
                .execute());
        database.run(tx -> tx.update("delete from statement_shape where last_at < :before")
                .bind("before", before)
                .execute());
        EventTexts.sweep(database, before);
        if (deleted > 0) {
            long count = deleted;
            database.run(tx ->
                    audit.write(tx, "retention", "events.delete", count + " events", "received before " + before));
        }
        return deleted;
    }

    private List<Old> recordings(Instant before) {
        return database.read(handle -> handle.createQuery(
                        "select distinct workload_id, spool from event where received_at < :before and spool is not null")
                .bind("before", before)
                .map((row, ctx) -> new Old(row.getString("workload_id"), row.getString("spool")))
                .list());
    }

    private long beginning(Old old, Instant before) {
        return database.change(tx -> {
            // The lock that appending takes.
            StoredRecording locked = StoredRecording.lock(tx, old.workload(), old.spool());
            List<End> received = tx.query("select sequence, chain, body from event where workload_id = :workload"
                            + " and spool = :spool and received_at < :before and sequence < coalesce((select min(sequence)"
                            + " from event where workload_id = :workload and spool = :spool and received_at >= :before),"
                            + " 9223372036854775807) order by sequence limit :limit")
                    .bind("workload", old.workload())
                    .bind("spool", old.spool())
                    .bind("before", before)
                    .bind("limit", AT_ONCE)
                    .map((row, ctx) -> new End(row.getLong("sequence"), row.getString("chain"), row.getString("body")))
                    .list();
            List<End> oldest =
                    received.stream().takeWhile(end -> isOld(end, before)).toList();
            if (oldest.isEmpty()) {
                return 0L;
            }
            End end = oldest.get(oldest.size() - 1);
            if (end.chain() != null) {
                locked.anchoredAt(end.sequence(), end.chain()).store(tx, locked, seal);
            }
            return (long) tx.update("delete from event where workload_id = :workload and spool = :spool"
                            + " and sequence <= :last")
                    .bind("workload", old.workload())
                    .bind("spool", old.spool())
                    .bind("last", end.sequence())
                    .execute();
        });
    }

    /** By its own time too: when it was received is in no chain, and whoever moves that back would have us delete what is not old. */
    private boolean isOld(End end, Instant before) {
        try {
            Instant at = Wire.read(end.body(), Event.class).at();
            return at == null || at.isBefore(before) || at.isAfter(clock.instant());
        } catch (JsonProcessingException e) {
            return true;
        }
    }
}
