package io.sallyport.http.apache5;

import io.sallyport.core.command.RequestBody;
import io.sallyport.core.verdict.Passage;
import io.sallyport.core.verdict.Refusal;
import io.sallyport.http.HttpGate;
import io.sallyport.http.HttpRefusals;
import io.sallyport.http.OutgoingBody;
import io.sallyport.http.OutgoingRequest;
import java.net.SocketTimeoutException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.client5.http.async.AsyncExecChain;
import org.apache.hc.client5.http.async.AsyncExecChainHandler;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/** One step of a chain, which is taken when its request is admitted; nothing waits for it but its future. */
record AsyncStep(
        AsyncExecChainHandler handler,
        HttpRequest request,
        @Nullable AsyncEntityProducer producer,
        AsyncExecChain.Scope scope,
        AsyncExecChain chain,
        AsyncExecCallback callback) {

    /** @return {@code false} to go on at once; else the step is taken, or fails, through its callback */
    boolean decide() {
        AsyncCall call = AsyncCall.of(scope);
        OutgoingRequest next = ApacheRequest.of(request, scope.route);
        if (producer == null || producer instanceof CollectedProducer) {
            return decide(call, next, producer);
        }
        if (producer.getContentLength() > RequestBody.MOST
                || !HttpGate.current().asksForBody(next)) {
            return decide(call, next.with(OutgoingBody.unreadable(producer.getContentLength())), producer);
        }
        CollectedEntity seen = call.seenOf(producer);
        CompletableFuture<CollectedEntity> reading =
                seen == null ? CollectedEntity.of(producer) : CompletableFuture.completedFuture(seen);
        reading.whenComplete((entity, failure) -> {
            if (failure == null) {
                call.saw(entity);
                OutgoingRequest whole = next.with(entity.body());
                if (!decide(call, whole, entity.producer())) {
                    take(entity.producer());
                }
            } else {
                callback.failed(failure instanceof Exception e ? e : new IllegalStateException(failure));
            }
        });
        return true;
    }

    private boolean decide(AsyncCall call, OutgoingRequest next, @Nullable AsyncEntityProducer body) {
        CompletableFuture<Passage> admission = call.requests.ask(next);
        if (admission == null) {
            return false;
        }
        follow(admission, call, next, body);
        return true;
    }

    private void take(@Nullable AsyncEntityProducer body) {
        try {
            handler.execute(request, body, scope, chain, callback);
        } catch (Exception e) {
            callback.failed(e);
        }
    }

    private void follow(
            CompletableFuture<Passage> admission,
            AsyncCall call,
            OutgoingRequest next,
            @Nullable AsyncEntityProducer body) {
        RequestConfig config = scope.clientContext.getRequestConfig();
        Timeout limit = config == null ? null : config.getResponseTimeout();
        if (limit != null && limit.toMilliseconds() > 0) {
            admission.orTimeout(limit.toMilliseconds(), TimeUnit.MILLISECONDS);
        }
        if (scope.cancellableDependency != null) {
            scope.cancellableDependency.setDependency(() -> admission.cancel(true));
        }
        HeldBy.client(call.client, admission);
        admission.whenComplete((passage, failure) -> {
            if (failure != null) {
                callback.failed(exception(call, failure));
                return;
            }
            call.requests.admitted(next, passage);
            take(body);
        });
    }

    private static Exception exception(AsyncCall call, Throwable failure) {
        Throwable cause = HttpRefusals.cause(failure);
        Refusal refusal = HttpRefusals.refusal(cause);
        if (refusal != null) {
            return HttpRefusals.ofSockets(refusal);
        }
        if (cause instanceof TimeoutException) {
            return new SocketTimeoutException("the response timeout ended while the request was held");
        }
        return cause instanceof CancellationException
                ? HeldBy.withdrawn(call.client)
                : new IllegalStateException(cause);
    }
}
