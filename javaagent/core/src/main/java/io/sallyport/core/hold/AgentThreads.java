package io.sallyport.core.hold;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The room's own threads: one that keeps deadlines, and a few that complete futures. They start with the first hold or session of HTTP, are daemons,
 * and keep nothing of the application alive: no context class loader, no inherited thread locals, no thread group of its own.
 *
 * <p>What follows a future is the application's code, in some clients, and may wait for whatever it likes, another held call too. So where the few make
 * no progress while others are to be released, there is one more, and one more.
 */
final class AgentThreads implements Executor, AutoCloseable {

    private static final int RELEASERS = 4;
    private static final int MOST_RELEASERS = 1_000;
    private static final long STUCK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long IDLE_SECONDS = 30;

    private final ScheduledThreadPoolExecutor timer;
    private final ThreadPoolExecutor releasers;
    private final AtomicBoolean watching = new AtomicBoolean();

    AgentThreads() {
        timer = new ScheduledThreadPoolExecutor(1, factory("sallyport-deadlines"));
        timer.setRemoveOnCancelPolicy(true);
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        // A release after close() comes from a thread that had settled its call before; it then does the work itself.
        releasers = new ThreadPoolExecutor(
                RELEASERS,
                RELEASERS,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                factory("sallyport-release"),
                (task, pool) -> task.run());
        releasers.allowCoreThreadTimeOut(true);
    }

    ScheduledFuture<?> after(long nanos, Runnable task) {
        return timer.schedule(task, nanos, TimeUnit.NANOSECONDS);
    }

    void every(long nanos, Runnable task) {
        try {
            timer.scheduleWithFixedDelay(task, nanos, nanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException closed) {
            // The process ends, and with it what was to be done.
        }
    }

    @Override
    public void execute(Runnable task) {
        releasers.execute(task);
        watch();
    }

    /** Looks again whether those that wait now are being released. */
    private void watch() {
        if (releasers.getQueue().isEmpty() || !watching.compareAndSet(false, true)) {
            return;
        }
        long done = releasers.getCompletedTaskCount();
        try {
            after(STUCK_NANOS, () -> {
                watching.set(false);
                boolean stuck = releasers.getCompletedTaskCount() == done;
                resize(stuck ? releasers.getCorePoolSize() + 1 : RELEASERS);
                watch();
            });
        } catch (RejectedExecutionException closed) {
            resize(MOST_RELEASERS);
        }
    }

    /** Idle threads end by themselves, those above the few, too. */
    private void resize(int size) {
        int wanted = Math.min(size, MOST_RELEASERS);
        if (wanted > releasers.getMaximumPoolSize()) {
            releasers.setMaximumPoolSize(wanted);
        }
        releasers.setCorePoolSize(wanted);
    }

    /** Ends the deadlines; releases that are queued still run. */
    @Override
    public void close() {
        timer.shutdownNow();
        releasers.shutdown();
    }

    private static ThreadFactory factory(String name) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(rootGroup(), task, name + "-" + count.incrementAndGet(), 0, false);
            thread.setDaemon(true);
            thread.setContextClassLoader(null);
            return thread;
        };
    }

    private static ThreadGroup rootGroup() {
        ThreadGroup group = Thread.currentThread().getThreadGroup();
        while (group.getParent() != null) {
            group = group.getParent();
        }
        return group;
    }
}
