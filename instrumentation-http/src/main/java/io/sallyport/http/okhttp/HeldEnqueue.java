package io.sallyport.http.okhttp;

import io.sallyport.core.hold.Waiter;
import io.sallyport.core.verdict.Passage;
import io.sallyport.core.verdict.Refusal;
import io.sallyport.http.HttpRefusals;
import io.sallyport.http.OutgoingRequest;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import okhttp3.Call;
import okhttp3.Callback;

/**
 * A call that waits for people in front of the dispatcher, and occupies none of its workers. However the wait ends, the call is then
 * enqueued: an approved one is sent, any other fails on its way there, as failures of the network do.
 */
final class HeldEnqueue {

    private final OkHttpCall state;
    private final Call call;
    private final Callback callback;
    private final OutgoingRequest request;
    private final CompletableFuture<Passage> admission;
    private volatile boolean over;

    HeldEnqueue(
            OkHttpCall state,
            Call call,
            Callback callback,
            OutgoingRequest request,
            CompletableFuture<Passage> admission) {
        this.state = state;
        this.call = call;
        this.callback = callback;
        this.request = request;
        this.admission = admission;
    }

    boolean over() {
        return over;
    }

    /** @param others that wait in front of the same dispatcher */
    void begin(Waiter limits, HeldCalls others) {
        others.add(call);
        if (!limits.isUnlimited()) {
            admission.orTimeout(limits.limit().toNanos(), TimeUnit.NANOSECONDS);
        }
        admission.whenComplete((passage, failure) -> {
            take();
            over = true;
            others.remove(call);
            call.enqueue(callback);
        });
    }

    void cancel() {
        admission.cancel(true);
    }

    /** The decision is there. */
    void take() {
        Passage[] granted = new Passage[1];
        Throwable[] failed = new Throwable[1];
        admission.whenComplete((passage, failure) -> {
            granted[0] = passage;
            failed[0] = failure;
        });
        if (failed[0] == null) {
            state.admitted(request, granted[0]);
        } else {
            state.refused(exception(failed[0]));
        }
    }

    private static IOException exception(Throwable failure) {
        Throwable cause = HttpRefusals.cause(failure);
        Refusal refusal = HttpRefusals.refusal(cause);
        if (refusal != null) {
            return OkHttpRefusals.exception(refusal);
        }
        if (cause instanceof TimeoutException) {
            return new InterruptedIOException("timeout");
        }
        return cause instanceof CancellationException ? new IOException("Canceled") : new IOException(cause);
    }
}
