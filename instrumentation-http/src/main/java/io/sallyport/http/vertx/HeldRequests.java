package io.sallyport.http.vertx;

import io.sallyport.core.verdict.Passage;
import io.sallyport.core.verdict.Refusal;
import io.sallyport.http.HeldAdmissions;
import io.sallyport.http.HttpRefusals;
import io.sallyport.http.OutgoingRequest;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.http.RequestOptions;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** How the requests of a client wait for people. Futures of Vert.x cannot be cancelled, but a client can be closed. */
final class HeldRequests {

    private HeldRequests() {}

    /**
     * Waits for the decision, without a thread, up to the time that the options give a request.
     *
     * @param granted runs on the context, where the request is then made
     */
    static void await(
            Object client,
            CompletableFuture<Passage> admission,
            VertxCall call,
            OutgoingRequest request,
            RequestOptions options,
            Context context,
            Promise<?> promise,
            Runnable granted) {
        HeldAdmissions.of(client).add(admission, () -> false);
        if (options.getTimeout() > 0) {
            admission.orTimeout(options.getTimeout(), TimeUnit.MILLISECONDS);
        }
        admission.whenComplete((passage, failure) -> {
            context.runOnContext(none -> {
                if (failure != null) {
                    promise.tryFail(exception(failure, request, options));
                    return;
                }
                call.requests.admitted(request, passage);
                try {
                    granted.run();
                } catch (RuntimeException e) {
                    call.requests.failed(e);
                    promise.tryFail(e);
                }
            });
        });
    }

    private static Throwable exception(Throwable failure, OutgoingRequest request, RequestOptions options) {
        Throwable cause = HttpRefusals.cause(failure);
        @Nullable Refusal refusal = HttpRefusals.refusal(cause);
        if (refusal != null) {
            return HttpRefusals.ofSockets(refusal);
        }
        if (cause instanceof TimeoutException) {
            return new TimeoutException("The timeout period of " + options.getTimeout()
                    + "ms has been exceeded while executing " + request.method() + " "
                    + request.uri().getRawPath());
        }
        return cause instanceof CancellationException ? new IllegalStateException("Client is closed") : cause;
    }
}
