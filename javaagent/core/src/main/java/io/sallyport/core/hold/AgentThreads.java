package io.sallyport.core.hold;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The room's own threads: one that keeps deadlines, and a few that complete futures. They start with the first hold or session of HTTP, are daemons,
 * and keep nothing of the application alive: no context class loader, no inherited thread locals, no thread group of its own.
 */
final class AgentThreads implements Executor, AutoCloseable {

    private static final int RELEASERS = 4;
    private static final long IDLE_SECONDS = 30;

    private final ScheduledThreadPoolExecutor timer;
    private final ThreadPoolExecutor releasers;

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
