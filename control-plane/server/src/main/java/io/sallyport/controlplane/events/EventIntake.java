package io.sallyport.controlplane.events;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Lets the uploads of many agents share transactions: a commit costs as much as a hundred rows, so what arrives while one group is being
 * stored becomes the next group, which grows with the load. Nobody waits for the store; whoever brings more than may lie in memory waits for room.
 * Thread-safe.
 */
public final class EventIntake implements AutoCloseable {

    /** Most events of one transaction, so that a confirmation does not wait for a whole fleet that comes back. */
    private static final int MOST_EVENTS = 5_000;

    /** Characters of uploads that wait. */
    private static final int ROOM = 32 * 1024 * 1024;

    private static final Waiting END =
            new Waiting(new Upload("", "", List.of(), 0), CompletableFuture.completedFuture(0L));

    private final EventLog log;
    private final BlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();
    private final Semaphore room = new Semaphore(ROOM, true);
    private final Thread writer;
    private volatile boolean closed;

    public EventIntake(EventLog log) {
        this.log = log;
        writer = new Thread(this::run, "events");
        writer.setDaemon(true);
        writer.start();
    }

    private record Waiting(Upload upload, CompletableFuture<Long> stored) {}

    /** @return completed, on the thread that stores, with the position up to which everything is stored; see {@link EventLog#append} */
    public CompletableFuture<Long> take(Upload upload) {
        CompletableFuture<Long> stored = new CompletableFuture<>();
        room.acquireUninterruptibly(Math.min(upload.size(), ROOM));
        if (closed) {
            stored.completeExceptionally(new IllegalStateException("the control plane stops"));
            return stored;
        }
        queue.add(new Waiting(upload, stored));
        return stored;
    }

    private void run() {
        List<Waiting> group = new ArrayList<>();
        try {
            while (true) {
                Waiting first = queue.take();
                if (first == END) {
                    return;
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
        room.release(ROOM);
    }
}
