package io.sallyport.controlplane.siem;

import io.sallyport.controlplane.events.EventQuery;
import io.sallyport.controlplane.store.Database;
import java.util.Collections;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Up to which id no event can appear any more: every transaction that was open when a greater one was seen has ended since. No clock takes part,
 * so neither a slow commit nor a replica whose clock is wrong can bring one behind it. Not thread-safe.
 */
final class SettledIds {

    private final Database database;
    private final EventQuery events;
    private long settled;
    private @Nullable Pending pending;

    SettledIds(Database database, EventQuery events) {
        this.database = database;
        this.events = events;
    }

    /** @param open transactions that may still bring an id up to {@code upTo} */
    private record Pending(long upTo, Set<String> open) {}

    /** @return holds for every read of events that begins afterwards */
    long upTo() {
        Pending waiting = pending;
        if (waiting != null && Collections.disjoint(waiting.open(), database.openTakers())) {
            settled = waiting.upTo();
            waiting = null;
        }
        if (waiting == null) {
            // In this order: whoever took a smaller id is open by the second question, or has ended.
            long newest = events.newest();
            Set<String> open = database.openTakers();
            if (open.isEmpty()) {
                settled = newest;
            } else {
                waiting = new Pending(newest, open);
            }
        }
        pending = waiting;
        return settled;
    }
}
