package io.sallyport.http.jdk;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of a body, behind which its exchange is cancelled only when the client has asked for it, which it does in another thread than it
 * reads in: over HTTP/2 a stream that is cancelled fails its call by itself, and in other words. All versions of the client ask by
 * {@code whenComplete}.
 */
final class ObservedBody<T> extends CompletableFuture<T> {

    private volatile boolean observed;
    private volatile Flow.@Nullable Subscription refused;

    void cancelOnceObserved(Flow.Subscription subscription) {
        refused = subscription;
        cancelIfObserved();
    }

    @Override
    public CompletableFuture<T> whenComplete(BiConsumer<? super T, ? super Throwable> action) {
        CompletableFuture<T> next = super.whenComplete(action);
        observed = true;
        cancelIfObserved();
        return next;
    }

    /** By whichever of the two threads comes last, or by both. */
    private void cancelIfObserved() {
        Flow.Subscription s = refused;
        if (observed && s != null) {
            s.cancel();
        }
    }

    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new CompletableFuture<>();
    }
}
