package io.sallyport.controlplane.web;

import io.sallyport.controlplane.Problem;
import io.sallyport.controlplane.people.Person;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Reads that go through much of what is stored: few at a time, so that agents and decisions always find a connection to the store and a core,
 * and few of one person, so that nobody keeps others from reading. Those that wait are served in order. Thread-safe.
 */
final class HeavyReads {

    private static final int AT_ONCE = 3;
    private static final int OF_ONE_PERSON = 4;
    private static final long PATIENCE_SECONDS = 20;

    private final Semaphore running = new Semaphore(AT_ONCE, true);
    private final Map<String, Integer> present = new HashMap<>();

    /** @param <E> what else may go wrong */
    interface Read<T, E extends Exception> {
        T read() throws E;
    }

    /** @throws Problem 429 for one who has as many under way, or when those of others take too long */
    <T, E extends Exception> T run(Person person, Read<T, E> read) throws E {
        enter(person.name());
        try {
            if (!running.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new Problem(Problem.Kind.TOO_MANY, "others read much at the moment; try again in some seconds");
            }
            try {
                return read.read();
            } finally {
                running.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Problem(Problem.Kind.TOO_MANY, "the control plane stops; try again at another one");
        } finally {
            leave(person.name());
        }
    }

    private synchronized void enter(String person) {
        if (present.merge(person, 1, Integer::sum) > OF_ONE_PERSON) {
            leave(person);
            throw new Problem(
                    Problem.Kind.TOO_MANY,
                    "as much as you may read at once is under way already; wait for it, or narrow it down");
        }
    }

    private synchronized void leave(String person) {
        present.computeIfPresent(person, (name, count) -> count == 1 ? null : count - 1);
    }
}
