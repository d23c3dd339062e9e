package io.sallyport.controlplane.store;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Whether a workload's channel is up, told from the store so that every replica gives the same answer. */
public final class Presence {

    /** A replica that dies cannot say that its agents are gone; their silence says it. */
    public static final Duration SILENCE = Duration.ofSeconds(75);

    /** How often a connected workload's {@code last_seen} is written. */
    public static final Duration TOUCH_EVERY = Duration.ofSeconds(15);

    /** @param connectedTo the replica that holds the channel; {@code null} for none */
    public static boolean isConnected(@Nullable String connectedTo, Instant lastSeen, Instant now) {
        return connectedTo != null && now.isBefore(lastSeen.plus(SILENCE));
    }

    private Presence() {}
}
