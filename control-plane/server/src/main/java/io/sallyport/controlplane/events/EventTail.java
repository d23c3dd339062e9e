package io.sallyport.controlplane.events;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.controlplane.RepeatedFault;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the event table for those who watch it live, whichever replica stored the events.
 *
 * <p>Ids are handed out before commit, so a smaller one can appear later; the reader looks back a little and remembers what it
 * has passed on. A burst beyond {@link #AT_MOST} events a round is thinned out: a live view is for eyes, the list has them all.
 */
public final class EventTail implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EventTail.class);
    private static final int LOOK_BACK = 500;
    private static final int AT_MOST = 200;
    private static final long ROUND_MILLIS = 100;
    private static final long IDLE_MILLIS = 500;

    private final EventQuery query;
    private final BooleanSupplier watched;
    private final Consumer<ObjectNode> watcher;
    private final Semaphore woken = new Semaphore(0);
    private final Thread thread = new Thread(this::run, "event-tail");
    private final Map<Long, Boolean> passed = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Boolean> eldest) {
            return size() > 4 * LOOK_BACK;
        }
    };
    private final RepeatedFault repeated = new RepeatedFault(InstantSource.system());
    private volatile boolean closed;
    private long highest;

    /**
     * @param watched whether anyone watches; only ids are read while nobody does
     * @param watcher called on the tail's thread
     */
    public EventTail(EventQuery query, BooleanSupplier watched, Consumer<ObjectNode> watcher) {
        this.query = query;
        this.watched = watched;
        this.watcher = watcher;
        thread.setDaemon(true);
    }

    public void start() {
        skipToEnd();
        thread.start();
    }

    /** There may be new events. */
    public void wake() {
        if (woken.availablePermits() == 0) {
            woken.release();
        }
    }

    private void run() {
        while (!closed) {
            try {
                woken.tryAcquire(IDLE_MILLIS, TimeUnit.MILLISECONDS);
                woken.drainPermits();
                round();
                Thread.sleep(ROUND_MILLIS);
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                if (!closed) {
                    repeated.tell(e, fault -> LOG.warn("live events could not be read, trying again: {}", fault));
                }
            }
        }
    }

    /** Whether anyone watches is asked after reading: who comes later reads the list later, and finds in it what is skipped here. */
    private void round() {
        List<Long> unseen = new ArrayList<>();
        for (long id : query.idsAfter(highest - LOOK_BACK, 100_000)) {
            if (passed.put(id, true) == null) {
                unseen.add(id);
            }
            highest = Math.max(highest, id);
        }
        if (unseen.isEmpty() || !watched.getAsBoolean()) {
            return;
        }
        List<Long> shown = unseen.subList(Math.max(0, unseen.size() - AT_MOST), unseen.size());
        query.parts(shown).forEach(part -> query.byIds(part).forEach(watcher));
    }

    /** Starts behind what is there: a new watcher reads the list first. */
    private void skipToEnd() {
        highest = query.newest();
        query.idsAfter(highest - LOOK_BACK, 2 * LOOK_BACK).forEach(id -> passed.put(id, true));
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(2000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
