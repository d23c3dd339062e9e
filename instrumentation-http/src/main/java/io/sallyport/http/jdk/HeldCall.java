package io.sallyport.http.jdk;

import io.sallyport.core.verdict.Passage;
import io.sallyport.http.HttpRefusals;
import io.sallyport.http.OutgoingRequest;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.PushPromiseHandler;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The future that the caller of {@code sendAsync} gets when the call has to wait for people, or is refused. No thread waits. Once
 * approved, the request is sent exactly once, from an agent thread; cancelling reaches the ticket or the running exchange.
 */
final class HeldCall<T> extends CompletableFuture<HttpResponse<T>> {

    /** What an agent thread hands to the advice of the one call that it is about to make; out of the application's reach. */
    record Release(HttpRequest request, OutgoingRequest decided, Passage passage, Asked asked) {

        JdkCall call(HttpRequest sent) {
            return new JdkCall(asked, sent, decided, passage);
        }
    }

    private static final ThreadLocal<Release> RELEASED = new ThreadLocal<>();

    private final Asked asked;
    private final HttpRequest request;
    private final OutgoingRequest decided;
    private final BodyHandler<T> handler;
    private final @Nullable PushPromiseHandler<T> push;

    private HeldCall(
            Asked asked,
            HttpRequest request,
            OutgoingRequest decided,
            BodyHandler<T> handler,
            @Nullable PushPromiseHandler<T> push) {
        this.asked = asked;
        this.request = request;
        this.decided = decided;
        this.handler = handler;
        this.push = push;
    }

    @SuppressWarnings("unchecked")
    static CompletableFuture<?> of(
            Asked asked,
            HttpRequest request,
            OutgoingRequest decided,
            BodyHandler<?> handler,
            @Nullable PushPromiseHandler<?> push,
            CompletableFuture<Passage> admission) {
        HeldCall<Object> call = new HeldCall<>(
                asked, request, decided, (BodyHandler<Object>) handler, (PushPromiseHandler<Object>) push);
        call.follow(admission);
        return call;
    }

    /** What the call has that this thread makes on behalf of a held one; {@code null} for every other call. */
    static @Nullable Release takeRelease(HttpRequest request) {
        Release release = RELEASED.get();
        if (release == null || release.request() != request) {
            return null;
        }
        RELEASED.remove();
        return release;
    }

    private void follow(CompletableFuture<Passage> admission) {
        // Whatever ends this future early (cancel, complete, timeout) takes the caller out of the waiting room.
        whenComplete((response, failure) -> admission.cancel(true));
        request.timeout().ifPresent(this::timeout);
        admission.whenComplete((passage, refused) -> {
            if (refused != null) {
                fail(HttpRefusals.exception(refused));
            } else {
                send(passage);
            }
        });
    }

    /** What depends on the future runs where the client has it run: not on an agent thread, which it might keep. */
    private void fail(Throwable failure) {
        defaultExecutor().execute(() -> completeExceptionally(failure));
    }

    private void timeout(Duration limit) {
        delayedExecutor(limit.toNanos(), TimeUnit.NANOSECONDS)
                .execute(() -> completeExceptionally(new HttpTimeoutException("request timed out while it was held")));
    }

    private void send(Passage passage) {
        if (isDone()) {
            passage.failed(null);
            return;
        }
        RELEASED.set(new Release(request, decided, passage, asked));
        try {
            CompletableFuture<HttpResponse<T>> running = asked.client().sendAsync(request, handler, push);
            running.whenComplete((response, failure) -> {
                if (failure != null) {
                    completeExceptionally(failure);
                } else {
                    complete(response);
                }
            });
            whenComplete((response, failure) -> running.cancel(true));
        } catch (Throwable t) {
            passage.failed(t);
            fail(t);
        } finally {
            RELEASED.remove();
        }
    }
}
