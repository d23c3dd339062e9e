package io.sallyport.jdbc.state;

import io.sallyport.core.hold.Waiter;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Callers that may have to be told to stop waiting. There is almost always none or one, for which a compare-and-set is enough; a
 * second one goes into a set behind a lock. Thread-safe.
 */
public final class Waiting {

    private final AtomicReference<Waiter> one = new AtomicReference<>();
    private final Set<Waiter> more = new HashSet<>();

    public void add(Waiter waiter) {
        if (!one.compareAndSet(null, waiter)) {
            synchronized (more) {
                more.add(waiter);
            }
        }
    }

    public void remove(Waiter waiter) {
        if (!one.compareAndSet(waiter, null)) {
            synchronized (more) {
                more.remove(waiter);
            }
        }
    }

    public void giveUp(String why) {
        Waiter first = one.get();
        if (first != null) {
            first.giveUp(why);
        }
        Set<Waiter> others;
        synchronized (more) {
            others = Set.copyOf(more);
        }
        for (Waiter w : others) {
            w.giveUp(why);
        }
    }
}
