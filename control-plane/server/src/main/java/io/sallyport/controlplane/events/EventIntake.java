package io.sallyport.controlplane.events;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Lets the uploads of many agents share transactions: a commit costs as much as a hundred rows, so what arrives while one group is being
 * stored becomes the next group, which grows with the load. Nobody waits, neither for the store nor for room: a fleet that comes back with what it recorded meanwhile
 * brings more than may lie in memory, and is asked for it in turn. Thread-safe.
 */
public final class EventIntake implements AutoCloseable {

    /** Most events of one transaction, so that a confirmation does not wait for a whole fleet that comes back. */
    private static final int MOST_EVENTS = 5_000;

    /** Characters of uploads that wait. */
    private static final int ROOM = 32 * 1024 * 1024;

    /** What an agent that is asked may send before it waits for a confirmation, with something to spare. */
    private static final int OF_ONE_AGENT = 1024 * 1024;

    /** For agents that are to be asked, where nothing comes in. */
    private static final long LOOK_MILLIS = 100;

    private static final Waiting END =
            new Waiting(new Upload("", "", List.of(), 0), CompletableFuture.completedFuture(0L));

    private final EventLog log;
    private final BlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();
    private final Queue<Runnable> turns = new ConcurrentLinkedQueue<>();
    private final Semaphore room = new Semaphore(ROOM);
    private final Thread writer;
    private volatile boolean closed;

    public EventIntake(EventLog log) {
        this.log = log;
        writer = new Thread(this::run, "events");
        writer.setDaemon(true);
        writer.start();
    }

    private record Waiting(Upload upload, CompletableFuture<Long> stored) {}

    /**
     * @return completed, on the thread that stores, with the position up to which everything is stored (see {@link EventLog#append}); empty where there is
     *     no room for it
     */
    public Optional<CompletableFuture<Long>> take(Upload upload) {
        if (closed) {
            return Optional.of(CompletableFuture.failedFuture(new IllegalStateException("the control plane stops")));
        }
        if (!room.tryAcquire(Math.min(upload.size(), ROOM))) {
            return Optional.empty();
        }
        CompletableFuture<Long> stored = new CompletableFuture<>();
        queue.add(new Waiting(upload, stored));
        return Optional.of(stored);
    }

    /** @param asks runs once, when there is room for what one agent may send, after those that came before */
    public void whenThereIsRoom(Runnable asks) {
        turns.add(asks);
    }

    private void ask() {
        int free = room.availablePermits();
        while (free >= OF_ONE_AGENT) {
            Runnable next = turns.poll();
            if (next == null) {
                return;
            }
            next.run();
            free -= OF_ONE_AGENT;
        }
    }

    private void run() {
        List<Waiting> group = new ArrayList<>();
        try {
            while (true) {
                Waiting first = queue.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                if (first == END) {
                    return;
                }
                if (first == null) {
                    ask();
                    continue;
                }
                int events = 0;
                for (Waiting next = first; next != null; next = events < MOST_EVENTS ? queue.poll() : null) {
                    group.add(next);
                    events += next.upload().events().size();
                    if (queue.peek() == END) {
                        break;
                    }
                }
                store(group);
                group.forEach(waiting -> room.release(Math.min(waiting.upload().size(), ROOM)));
                group.clear();
                ask();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void store(List<Waiting> group) {
        try {
            List<Long> positions =
                    log.append(group.stream().map(Waiting::upload).toList());
            for (int i = 0; i < group.size(); i++) {
                group.get(i).stored().complete(positions.get(i));
            }
        } catch (RuntimeException e) {
            if (group.size() == 1) {
                group.get(0).stored().completeExceptionally(e);
                return;
            }
            // One agent's events must not keep the others' from being stored.
            group.forEach(waiting -> store(List.of(waiting)));
        }
    }

    /** Stores what has come in; what comes later is refused, and agents send it again elsewhere. */
    @Override
    public void close() {
        closed = true;
        queue.add(END);
        try {
            // Never interrupted: H2 closes its file when a thread that writes is.
            writer.join(TimeUnit.SECONDS.toMillis(2));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
