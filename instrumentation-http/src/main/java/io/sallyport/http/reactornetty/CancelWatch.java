package io.sallyport.http.reactornetty;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * Tells a held request that its subscriber cancelled. The client itself passes that on only once it has a connection, so the request
 * finds this watch in the subscriber's context.
 */
final class CancelWatch<T> implements CoreSubscriber<T>, Subscription {

    private static final Object KEY = new Object();

    private final CoreSubscriber<? super T> subscriber;
    private final Context context;
    private volatile @Nullable Subscription upstream;
    private volatile boolean cancelled;
    private volatile @Nullable CompletableFuture<?> waiting;

    CancelWatch(CoreSubscriber<? super T> subscriber) {
        this.subscriber = subscriber;
        this.context = subscriber.currentContext().put(KEY, this);
    }

    /** From now on, cancelling the subscription of {@code view} cancels {@code future}. */
    static void cancels(ContextView view, CompletableFuture<?> future) {
        if (view.getOrDefault(KEY, null) instanceof CancelWatch<?> watch) {
            watch.waiting = future;
            if (watch.cancelled) {
                future.cancel(true);
            }
        }
    }

    @Override
    public Context currentContext() {
        return context;
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        upstream = subscription;
        subscriber.onSubscribe(this);
    }

    @Override
    public void onNext(T value) {
        subscriber.onNext(value);
    }

    @Override
    public void onError(Throwable failure) {
        subscriber.onError(failure);
    }

    @Override
    public void onComplete() {
        subscriber.onComplete();
    }

    @Override
    public void request(long n) {
        Subscription s = upstream;
        if (s != null) {
            s.request(n);
        }
    }

    @Override
    public void cancel() {
        cancelled = true;
        CompletableFuture<?> held = waiting;
        if (held != null) {
            held.cancel(true);
        }
        Subscription s = upstream;
        if (s != null) {
            s.cancel();
        }
    }
}
