package io.sallyport.controlplane.web;

import io.sallyport.controlplane.Problem;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Token buckets, one a key: so many requests a second, and a burst of five seconds' worth. Thread-safe; remembers the keys that asked last, and who is
 * forgotten has had time to fill up again.
 */
final class RequestBudget {

    private static final int BURST_SECONDS = 5;
    private static final int REMEMBERED = 20_000;

    private final double perMilli;
    private final double burst;
    private final Clock clock;
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > REMEMBERED;
        }
    };

    private static final class Bucket {
        double left;
        long last;
    }

    RequestBudget(int perSecond, Clock clock) {
        this.perMilli = perSecond / 1000.0;
        this.burst = (double) perSecond * BURST_SECONDS;
        this.clock = clock;
    }

    /** @throws Problem (429) when the key has asked too much */
    void take(String key) {
        if (!took(key)) {
            throw new Problem(Problem.Kind.TOO_MANY, "too many requests; slow down and try again in some seconds");
        }
    }

    private synchronized boolean took(String key) {
        long now = clock.millis();
        Bucket bucket = buckets.get(key);
        if (bucket == null) {
            bucket = new Bucket();
            bucket.left = burst;
            buckets.put(key, bucket);
        } else {
            bucket.left = Math.min(burst, bucket.left + Math.max(0, now - bucket.last) * perMilli);
        }
        bucket.last = now;
        if (bucket.left < 1) {
            return false;
        }
        bucket.left -= 1;
        return true;
    }
}
