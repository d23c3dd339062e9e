package io.sallyport.controlplane.events;

import io.sallyport.controlplane.store.Columns;
import io.sallyport.controlplane.store.Database;
import io.sallyport.controlplane.store.Scope;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads the counters that {@link EventLog} keeps. Thread-safe. */
public final class Tallies {

    private static final Duration KEPT = Duration.ofDays(2);

    private final Database database;
    private final Clock clock;

    public Tallies(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Calls decided in one minute. */
    public record Minute(Instant minute, long allow, long deny, long hold) {}

    /** Calls decided since the store began; {@code masked} of them with masks, and alarms. */
    public record Totals(long allow, long deny, long hold, long masked, long alarm) {}

    /** The last sixty minutes, oldest first, without holes. */
    public List<Minute> lastHour(Scope scope) {
        Instant last = clock.instant().truncatedTo(ChronoUnit.MINUTES);
        Instant first = last.minus(Duration.ofMinutes(59));
        Map<Instant, Minute> found = new TreeMap<>();
        database.read(handle -> scope.bind(
                                handle.createQuery("select slot, sum(allowed) as allowed, sum(denied) as denied,"
                                        + " sum(held) as held from tally where slot >= :first"
                                        + scope.and("workload_id") + " group by slot"))
                        .bind("first", first)
                        .map((row, ctx) -> new Minute(
                                Columns.instant(row, "slot"),
                                row.getLong("allowed"),
                                row.getLong("denied"),
                                row.getLong("held")))
                        .list())
                .forEach(minute -> found.put(minute.minute(), minute));
        List<Minute> minutes = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            Instant slot = first.plus(Duration.ofMinutes(i));
            minutes.add(found.getOrDefault(slot, new Minute(slot, 0, 0, 0)));
        }
        return minutes;
    }

    public Totals totals(Scope scope) {
        return database.read(handle -> scope.bind(handle.createQuery("select coalesce(sum(allowed), 0) as allowed,"
                        + " coalesce(sum(denied), 0) as denied, coalesce(sum(held), 0) as held,"
                        + " coalesce(sum(masked), 0) as masked, coalesce(sum(alarms), 0) as alarms from tally_total where 1 = 1"
                        + scope.and("workload_id")))
                .map((row, ctx) -> new Totals(
                        row.getLong("allowed"),
                        row.getLong("denied"),
                        row.getLong("held"),
                        row.getLong("masked"),
                        row.getLong("alarms")))
                .one());
    }

    /** Forgets minutes that no view shows. */
    public void sweep() {
        database.run(tx -> tx.update("delete from tally where slot < :oldest")
                .bind("oldest", clock.instant().minus(KEPT))
                .execute());
    }
}
