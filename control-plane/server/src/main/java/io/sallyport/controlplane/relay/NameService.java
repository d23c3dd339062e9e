package io.sallyport.controlplane.relay;

import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.InetNameResolver;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/**
 * Asks the platform's name service on threads of its own: it may take seconds to answer, and an event loop that waited for it would carry nothing
 * meanwhile. Thread-safe.
 */
final class NameService extends AddressResolverGroup<InetSocketAddress> {

    /** How many questions can be under way; the others wait, as their callers do. */
    private static final int THREADS = 4;

    /** How a name is looked up; blocks. */
    interface Lookup {
        InetAddress[] all(String host) throws UnknownHostException;
    }

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, task -> {
        Thread thread = new Thread(task, "sallyport-relay-names");
        thread.setDaemon(true);
        return thread;
    });
    private final Lookup lookup;

    NameService(Lookup lookup) {
        this.lookup = lookup;
    }

    @Override
    protected AddressResolver<InetSocketAddress> newResolver(EventExecutor loop) {
        return new InetNameResolver(loop) {
            @Override
            protected void doResolve(String host, Promise<InetAddress> first) {
                ask(host, first, all -> all[0]);
            }

            @Override
            protected void doResolveAll(String host, Promise<List<InetAddress>> all) {
                ask(host, all, List::of);
            }
        }.asAddressResolver();
    }

    private interface Choice<T> {
        T of(InetAddress[] all);
    }

    private <T> void ask(String host, Promise<T> answer, Choice<T> choice) {
        try {
            threads.execute(() -> {
                try {
                    answer.trySuccess(choice.of(lookup.all(host)));
                } catch (UnknownHostException | RuntimeException unknown) {
                    answer.tryFailure(unknown);
                }
            });
        } catch (RejectedExecutionException closed) {
            answer.tryFailure(closed);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        super.close();
    }
}
