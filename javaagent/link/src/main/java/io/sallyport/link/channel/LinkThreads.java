package io.sallyport.link.channel;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads of the link: daemons, so that they never keep a workload alive; without context class loader, so that they never hold or use an
 * application's; known by a name that starts with {@code sallyport-}.
 */
public final class LinkThreads implements ThreadFactory {

    private final String name;
    private final AtomicInteger count = new AtomicInteger();

    /** @param name follows {@code sallyport-} */
    public LinkThreads(String name) {
        this.name = "sallyport-" + name;
    }

    @Override
    public Thread newThread(Runnable task) {
        int number = count.getAndIncrement();
        // No inherited thread-locals: the creator may be an application thread.
        Thread thread = new Thread(null, task, number == 0 ? name : name + "-" + number, 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
        return thread;
    }
}
