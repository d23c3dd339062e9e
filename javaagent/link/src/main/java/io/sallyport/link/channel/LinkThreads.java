package io.sallyport.link.channel;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads of the link: daemons, so that they never keep a workload alive; without context class loader, so that they never hold or use an
 * application's; known to people by a name that starts with {@code sallyport-}, and to woven code by their class, which no application
 * can make an object of.
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
        return new LinkThread(task, number == 0 ? name : name + "-" + number);
    }

    private static final class LinkThread extends Thread {
        LinkThread(Runnable task, String name) {
            // No inherited thread-locals: the creator may be an application thread.
            super(null, task, name, 0, false);
            setDaemon(true);
            setContextClassLoader(null);
        }
    }
}
