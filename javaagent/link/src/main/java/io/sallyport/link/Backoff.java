package io.sallyport.link;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Pauses between attempts: doubling up to a limit, each shortened by a random part of up to half, so that a thousand agents do not come back
 * in the same instant. Not thread-safe.
 */
final class Backoff {

    private final Duration first;
    private final Duration longest;
    private int attempts;

    Backoff(Duration first, Duration longest) {
        this.first = first;
        this.longest = longest;
    }

    Duration next() {
        long millis = first.toMillis() << Math.min(attempts, 20);
        attempts++;
        long limited = Math.max(1, Math.min(millis, longest.toMillis()));
        return Duration.ofMillis(limited - ThreadLocalRandom.current().nextLong(limited / 2 + 1));
    }

    void reset() {
        attempts = 0;
    }
}
