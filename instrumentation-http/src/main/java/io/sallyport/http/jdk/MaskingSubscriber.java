package io.sallyport.http.jdk;

import io.sallyport.core.mask.BodyMasker;
import io.sallyport.http.answer.MaskedPieces;
import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Masks a body on its way to the caller's subscriber. Demand passes through one to one (each buffer list that arrives is answered
 * by one list, if need be an empty one), and the tail that the masker keeps back is delivered with the next demand, so
 * back-pressure holds and nothing is buffered but that tail.
 */
final class MaskingSubscriber<T> implements BodySubscriber<T>, Flow.Subscription {

    private final BodySubscriber<T> caller;
    private final MaskedPieces pieces;
    private final ObservedBody<T> body = new ObservedBody<>();
    private final AtomicBoolean done = new AtomicBoolean();
    private volatile Flow.@Nullable Subscription upstream;

    /** Guarded by {@code this}: demand not answered yet, and the tail that waits for demand. */
    private long demand;

    private @Nullable List<ByteBuffer> tail;

    MaskingSubscriber(BodySubscriber<T> caller, BodyMasker masker) {
        this.caller = caller;
        this.pieces = new MaskedPieces(masker);
    }

    @Override
    public CompletionStage<T> getBody() {
        caller.getBody().whenComplete((value, failure) -> {
            if (failure == null) {
                body.complete(value);
            } else {
                body.completeExceptionally(failure);
            }
        });
        return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        upstream = subscription;
        caller.onSubscribe(this);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        if (done.get()) {
            return;
        }
        try {
            for (ByteBuffer b : buffers) {
                pieces.add(b);
            }
        } catch (IOException | RuntimeException | Error e) {
            fail(e);
            return;
        }
        synchronized (this) {
            demand = demand == Long.MAX_VALUE ? demand : demand - 1;
        }
        caller.onNext(List.of(pieces.taken().asReadOnlyBuffer()));
    }

    @Override
    public void onError(Throwable failure) {
        if (done.compareAndSet(false, true)) {
            caller.onError(failure);
        }
    }

    @Override
    public void onComplete() {
        if (done.get()) {
            return;
        }
        try {
            pieces.finish();
        } catch (IOException | RuntimeException | Error e) {
            fail(e);
            return;
        }
        ByteBuffer last = pieces.taken();
        boolean deliver;
        synchronized (this) {
            tail = last.hasRemaining() ? List.of(last.asReadOnlyBuffer()) : List.of();
            deliver = !last.hasRemaining() || demand > 0;
        }
        if (deliver) {
            deliverTail();
        }
    }

    private void deliverTail() {
        if (done.compareAndSet(false, true)) {
            List<ByteBuffer> last;
            synchronized (this) {
                last = tail;
            }
            if (last != null && !last.isEmpty()) {
                caller.onNext(last);
            }
            caller.onComplete();
        }
    }

    private void fail(Throwable failure) {
        if (done.compareAndSet(false, true)) {
            caller.onError(failure);
            Flow.Subscription s = upstream;
            if (s != null) {
                body.cancelOnceObserved(s);
            }
        }
    }

    @Override
    public void request(long n) {
        boolean deliver;
        synchronized (this) {
            demand = demand + n < 0 ? Long.MAX_VALUE : demand + n;
            deliver = tail != null && n > 0;
        }
        if (deliver) {
            deliverTail();
            return;
        }
        Flow.Subscription s = upstream;
        if (s != null) {
            s.request(n);
        }
    }

    @Override
    public void cancel() {
        done.set(true);
        Flow.Subscription s = upstream;
        if (s != null) {
            s.cancel();
        }
    }
}
