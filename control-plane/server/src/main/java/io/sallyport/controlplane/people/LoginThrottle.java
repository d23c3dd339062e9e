package io.sallyport.controlplane.people;

import io.sallyport.controlplane.Problem;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Slows down guessing. After some failures (five) for one key (an address, a name at an address) each further one doubles the pause, from one
 * second up to five minutes; a success, or a quiet quarter of an hour, clears it. The pause is the same whether the user exists.
 * Thread-safe; remembers a bounded number of keys.
 */
public final class LoginThrottle {

    private static final int FREE = 5;

    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final Duration FORGET = Duration.ofMinutes(15);
    private static final int REMEMBERED = 10_000;

    private final Clock clock;
    private final int free;
    private final Map<String, Failures> failures = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
            return size() > REMEMBERED;
        }
    };

    public LoginThrottle(Clock clock) {
        this(clock, FREE);
    }

    /** @param free failures that cost no pause */
    LoginThrottle(Clock clock, int free) {
        this.clock = clock;
        this.free = free;
    }

    private record Failures(int count, Instant last, Instant until) {}

    /** An attempt that counts as a failure until it is withdrawn. */
    static final class Attempt {
        private final String key;
        private final @Nullable Failures before;
        private final Failures counted;

        private Attempt(String key, @Nullable Failures before, Failures counted) {
            this.key = key;
            this.before = before;
            this.counted = counted;
        }
    }

    /** @throws Problem (429) while the key is paused */
    public synchronized void check(String key) {
        Failures found = failures.get(key);
        Instant now = clock.instant();
        if (found != null && now.isBefore(found.until())) {
            long seconds = Math.max(1, Duration.between(now, found.until()).toSeconds());
            throw new Problem(Problem.Kind.TOO_MANY, "too many failed attempts; try again in " + seconds + " seconds");
        }
    }

    public synchronized void failed(String key) {
        var unused = begin(key);
    }

    /** Counts a failure that has not happened yet, for attempts that take long: many at once must not all go ahead of the first one's failure. */
    synchronized Attempt begin(String key) {
        Instant now = clock.instant();
        Failures found = failures.get(key);
        int count = found == null || now.isAfter(found.last().plus(FORGET)) ? 1 : found.count() + 1;
        Duration pause = Duration.ZERO;
        if (count > free) {
            pause = Duration.ofSeconds(1L << Math.min(count - free - 1, 20));
            pause = pause.compareTo(LONGEST) > 0 ? LONGEST : pause;
        }
        Failures counted = new Failures(count, now, now.plus(pause));
        failures.put(key, counted);
        return new Attempt(key, found, counted);
    }

    /** The attempt was not a failure after all; what others failed meanwhile still counts. */
    synchronized void withdraw(Attempt attempt) {
        Failures found = failures.get(attempt.key);
        if (found == null) {
            return;
        }
        if (found != attempt.counted) {
            failures.put(attempt.key, new Failures(Math.max(0, found.count() - 1), found.last(), found.until()));
        } else if (attempt.before == null) {
            failures.remove(attempt.key);
        } else {
            failures.put(attempt.key, attempt.before);
        }
    }

    public synchronized void succeeded(String key) {
        failures.remove(key);
    }
}
