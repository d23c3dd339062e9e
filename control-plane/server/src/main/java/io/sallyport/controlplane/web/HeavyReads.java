package io.sallyport.controlplane.web;

import io.sallyport.controlplane.Problem;
import io.sallyport.controlplane.people.Person;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Reads that go through much of what is stored: few at a time, so that agents and decisions always find a connection to the store and a core,
 * and of one person fewer than there are places, so that nobody keeps others from reading. Those that wait are served in order. Thread-safe.
 */
final class HeavyReads {

    private static final int AT_ONCE = 3;
    private static final int AT_ONCE_OF_ONE_PERSON = 2;

    /** Those that wait and those that run. */
    private static final int PRESENT_OF_ONE_PERSON = 4;

    private static final long PATIENCE_SECONDS = 20;

    private final Semaphore running = new Semaphore(AT_ONCE, true);
    private final Map<String, Present> present = new HashMap<>();

    /** What one person has under way. */
    private static final class Present {
        private final Semaphore places = new Semaphore(AT_ONCE_OF_ONE_PERSON, true);
        private int count;
    }

    /** @param <E> what else may go wrong */
    interface Read<T, E extends Exception> {
        T read() throws E;
    }

    /** @throws Problem 429 for one who has as many under way, or when what is before it takes too long */
    <T, E extends Exception> T run(Person person, Read<T, E> read) throws E {
        Present own = enter(person.name());
        try {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
            // Their own places first: who waits for one of these must not hold one of everybody's.
            return in(
                    own.places,
                    "what you read already takes long; wait for it, or narrow it down",
                    end,
                    () -> in(running, "others read much at the moment; try again in some seconds", end, read));
        } finally {
            leave(person.name());
        }
    }

    private static <T, E extends Exception> T in(Semaphore places, String full, long end, Read<T, E> read) throws E {
        try {
            if (!places.tryAcquire(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                throw new Problem(Problem.Kind.TOO_MANY, full);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Problem(Problem.Kind.TOO_MANY, "the control plane stops; try again at another one");
        }
        try {
            return read.read();
        } finally {
            places.release();
        }
    }

    private synchronized Present enter(String person) {
        Present own = present.computeIfAbsent(person, name -> new Present());
        if (own.count == PRESENT_OF_ONE_PERSON) {
            throw new Problem(
                    Problem.Kind.TOO_MANY,
                    "as much as you may read at once is under way already; wait for it, or narrow it down");
        }
        own.count++;
        return own;
    }

    private synchronized void leave(String person) {
        present.computeIfPresent(person, (name, own) -> --own.count == 0 ? null : own);
    }
}
