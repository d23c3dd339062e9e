package io.sallyport.controlplane.dashboard;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that starts in the past, so that an hour of events can be stored in seconds. It runs on between the steps. */
final class HurriedClock extends Clock {

    private final AtomicReference<Duration> behind;

    HurriedClock(Duration behind) {
        this.behind = new AtomicReference<>(behind);
    }

    /** Sets how far the clock is behind the real time. */
    void behind(Duration distance) {
        behind.set(distance);
    }

    @Override
    public Instant instant() {
        return Instant.now().minus(behind.get());
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
