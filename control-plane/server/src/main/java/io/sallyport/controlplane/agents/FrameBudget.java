package io.sallyport.controlplane.agents;

import java.time.Clock;

/** How many frames an agent may send: a burst, then a rate. A token bucket; used by one thread at a time. */
final class FrameBudget {

    private static final double BURST = 5000;
    private static final double PER_MILLI = 2;

    private final Clock clock;
    private double left = BURST;
    private long last;

    FrameBudget(Clock clock) {
        this.clock = clock;
        this.last = clock.millis();
    }

    /** @return {@code false} when the agent has sent too many */
    boolean take() {
        long now = clock.millis();
        left = Math.min(BURST, left + Math.max(0, now - last) * PER_MILLI);
        last = now;
        if (left < 1) {
            return false;
        }
        left -= 1;
        return true;
    }
}
