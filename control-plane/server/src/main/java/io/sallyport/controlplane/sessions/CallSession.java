package io.sallyport.controlplane.sessions;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A session as people see it.
 *
 * @param session the name that the workload gives it
 * @param state {@code open}, {@code idle} (no event for a quarter of an hour), {@code closed} or {@code stopped}
 * @param tls protocol and cipher, where known
 * @param calls statements or requests that were decided
 */
public record CallSession(
        long id,
        Workload workload,
        String session,
        String target,
        String state,
        @Nullable String tls,
        Instant openedAt,
        Instant lastAt,
        @Nullable Instant closedAt,
        long calls,
        long refused,
        long held,
        long masked,
        long errors,
        @Nullable Stop stop) {

    public record Workload(String id, String name) {}

    /** Who stopped it, and why. */
    public record Stop(Instant at, String by, String reason) {}
}
