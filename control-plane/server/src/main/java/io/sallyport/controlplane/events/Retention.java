package io.sallyport.controlplane.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.sallyport.controlplane.audit.AuditLog;
import io.sallyport.controlplane.store.Database;
import io.sallyport.controlplane.store.Tx;
import io.sallyport.core.record.Event;
import io.sallyport.protocol.RecordChain;
import io.sallyport.protocol.Wire;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Deletes events whose retention ({@code record.retain} of the policy in force) is over. Of each recording a beginning is deleted and never a
 * part from the middle, and the chain's value there is kept, so that what is left can still be verified. Nothing is deleted that is not what was stored: each
 * event has to continue the chain from its sealed beginning and to lie before its sealed end. At the first one that does not, deletion stops
 * with an alarm, since the seal that it makes would vouch for what somebody else did. Thread-safe.
 */
public final class Retention {

    private static final int AT_ONCE = 2_000;

    /** What says to come from later than that was recorded under a wrong clock. */
    private static final Duration AHEAD = Duration.ofDays(1);

    private final Database database;
    private final StoreSeal seal;
    private final EventLog events;
    private final AuditLog audit;
    private final Supplier<Duration> retain;
    private final Clock clock;
    private final Set<String> stopped = ConcurrentHashMap.newKeySet();

    /** @param retain asked anew at each sweep */
    public Retention(
            Database database,
            StoreSeal seal,
            EventLog events,
            AuditLog audit,
            Supplier<Duration> retain,
            Clock clock) {
        this.database = database;
        this.seal = seal;
        this.events = events;
        this.audit = audit;
        this.retain = retain;
        this.clock = clock;
    }

    private record Old(String workload, String spool) {}

    private record Row(long sequence, @Nullable String chain, String body) {}

    /** @param misfit what is not as it was stored; {@code null}: nothing was met */
    private record Swept(long deleted, @Nullable String misfit) {}

    /** @return how many events were deleted */
    public long sweep() {
        Instant before = clock.instant().minus(retain.get());
        long deleted = 0;
        for (Old old : recordings(before)) {
            Swept now;
            do {
                now = beginning(old, before);
                deleted += now.deleted();
            } while (now.deleted() > 0 && now.misfit() == null);
            raiseAbout(old, now.misfit());
        }
        deleted += database.sweep(tx -> tx.update("delete from event where spool is null and received_at < :before")
                .bind("before", before)
                .execute());
        database.sweep(tx -> tx.update(
                        "delete from call_session where last_at < :before and not exists (select 1 from"
                                + " event e where e.workload_id = call_session.workload_id and e.session = call_session.session)")
                .bind("before", before)
                .execute());
        database.sweep(tx -> tx.update("delete from statement_shape where last_at < :before")
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
        return database.sweep(tx -> tx.query(
                        "select distinct workload_id, spool from event where received_at < :before and spool is not null")
                .bind("before", before)
                .map((row, ctx) -> new Old(row.getString("workload_id"), row.getString("spool")))
                .list());
    }

    private Swept beginning(Old old, Instant before) {
        return database.change(tx -> {
            // The lock that appending takes.
            StoredRecording locked = StoredRecording.lock(tx, old.workload(), old.spool());
            if (locked.isAltered(seal)) {
                return new Swept(0, "its row");
            }
            List<Row> received = tx.query("select sequence, chain, body from event where workload_id = :workload"
                            + " and spool = :spool and received_at < :before and sequence < coalesce((select min(sequence)"
                            + " from event where workload_id = :workload and spool = :spool and received_at >= :before),"
                            + " 9223372036854775807) order by sequence limit :limit")
                    .bind("workload", old.workload())
                    .bind("spool", old.spool())
                    .bind("before", before)
                    .bind("limit", AT_ONCE)
                    .map((row, ctx) -> new Row(row.getLong("sequence"), row.getString("chain"), row.getString("body")))
                    .list();
            StoredRecording now = locked;
            Row last = null;
            String misfit = null;
            for (Row row : received) {
                StoredRecording fitting = now;
                if (!locked.isUnchained(row.sequence(), row.chain())) {
                    String chain = RecordChain.next(now.anchor(), RecordChain.digest(row.sequence(), row.body()));
                    if (!now.isContinuedBy(row.sequence(), chain) || !chain.equals(row.chain())) {
                        misfit = "event " + row.sequence();
                        break;
                    }
                    fitting = now.anchoredAt(row.sequence(), chain);
                }
                if (!isOld(row, before)) {
                    break;
                }
                now = fitting;
                last = row;
            }
            return new Swept(last == null ? 0 : delete(tx, now, locked, last.sequence()), misfit);
        });
    }

    private long delete(Tx tx, StoredRecording now, StoredRecording locked, long last) {
        now.store(tx, locked, seal);
        return tx.update("delete from event where workload_id = :workload and spool = :spool and sequence <= :last")
                .bind("workload", now.workload())
                .bind("spool", now.spool())
                .bind("last", last)
                .execute();
    }

    private void raiseAbout(Old old, @Nullable String misfit) {
        if (misfit != null && stopped.add(old.workload() + '\n' + old.spool())) {
            events.raise(
                    old.workload(),
                    "retention deletes nothing more of spool " + old.spool() + ": " + misfit
                            + " is not what the control plane wrote; somebody changed the database; `recordings "
                            + old.workload() + "` tells what is left of it");
        }
    }

    /**
     * By its own time too: when it was received is in no chain, and whoever moves that back would have us delete what is not old. Of one that
     * fits the chain and has no time that can be, only when it was received is known.
     */
    private boolean isOld(Row row, Instant before) {
        try {
            Instant at = Wire.read(row.body(), Event.class).at();
            return at == null
                    || at.isBefore(before)
                    || at.isAfter(clock.instant().plus(AHEAD));
        } catch (JsonProcessingException e) {
            return true;
        }
    }
}
