package io.sallyport.controlplane.web;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One browser on the live stream. Thread-safe: the queue is guarded by this object, the output belongs to one drain at a time. */
final class StreamClient {

    private static final int MOST_QUEUED = 2000;

    private final OutputStream out;
    private final Executor writers;
    private final BooleanSupplier stillHolds;
    private final Predicate<String> sees;
    private final CompletableFuture<Void> ended;
    private final Queue<String> queue = new ArrayDeque<>();
    /** Whether somebody else writes: at first whoever opened the response, later a pool thread. */
    private boolean draining = true;

    StreamClient(
            OutputStream out,
            Executor writers,
            BooleanSupplier stillHolds,
            Predicate<String> sees,
            CompletableFuture<Void> ended) {
        this.out = out;
        this.writers = writers;
        this.stillHolds = stillHolds;
        this.sees = sees;
        this.ended = ended;
    }

    /** The response is open; what was offered meanwhile is written. */
    void start() {
        run(this::drain);
    }

    boolean sees(String workload) {
        return sees.test(workload);
    }

    void offer(String frame) {
        synchronized (this) {
            if (queue.size() >= MOST_QUEUED) {
                end();
                return;
            }
            queue.add(frame);
            if (draining) {
                return;
            }
            draining = true;
        }
        run(this::drain);
    }

    void heartbeat() {
        run(() -> {
            if (holds()) {
                offer(": here\n\n");
            } else {
                end();
            }
        });
    }

    void end() {
        ended.complete(null);
    }

    private boolean holds() {
        try {
            return stillHolds.getAsBoolean();
        } catch (RuntimeException storeIsAway) {
            return false;
        }
    }

    private void run(Runnable work) {
        try {
            writers.execute(work);
        } catch (RejectedExecutionException closing) {
            end();
        }
    }

    private void drain() {
        try {
            String frame = stop();
            while (frame != null) {
                out.write(frame.getBytes(StandardCharsets.UTF_8));
                frame = next();
                if (frame == null) {
                    out.flush();
                    frame = stop();
                }
            }
        } catch (IOException | RuntimeException gone) {
            end();
        }
    }

    private synchronized @Nullable String next() {
        return ended.isDone() ? null : queue.poll();
    }

    /** Ends the drain unless something came in while it flushed. */
    private synchronized @Nullable String stop() {
        String more = ended.isDone() ? null : queue.poll();
        if (more == null) {
            draining = false;
        }
        return more;
    }
}
