package io.sallyport.controlplane;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/** For what is tried again and again, and fails while the store is away: each fault is logged at once, and then once a minute. Thread-safe. */
public final class RepeatedFault {

    private static final Duration AGAIN = Duration.ofMinutes(1);

    /** Kinds of faults within a minute. */
    private static final int MOST = 10;

    private final InstantSource clock;
    private final Set<String> told = new HashSet<>();
    private Instant since = Instant.MIN;
    private long untold;

    public RepeatedFault(InstantSource clock) {
        this.clock = clock;
    }

    /** @param log takes {@link Fault#of} the failure, where it is time for it */
    public void tell(Throwable failure, Consumer<String> log) {
        String fault = Fault.of(failure);
        String more;
        synchronized (this) {
            Instant now = clock.instant();
            if (!now.isBefore(since.plus(AGAIN))) {
                since = now;
                told.clear();
            }
            if (told.size() >= MOST || !told.add(fault)) {
                untold++;
                return;
            }
            more = untold == 0 ? "" : " (" + untold + " more since the last line)";
            untold = 0;
        }
        log.accept(fault + more);
    }
}
