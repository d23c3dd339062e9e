package io.sallyport.http.vertx;

import io.sallyport.core.verdict.Passage;
import io.sallyport.core.verdict.RefusedException;
import io.sallyport.http.HttpGate;
import io.sallyport.http.HttpRefusals;
import io.sallyport.http.OutgoingRequest;
import io.sallyport.weaving.StateField;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpConnectOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.impl.HttpClientImpl;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.net.SocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@code HttpClientImpl.request}: decides, and asks the client again once people have approved. */
final class Requesting {

    /** What a context hands to the advice of the one request that it is about to make; out of the application's reach. */
    private record Release(RequestOptions options, VertxCall call) {}

    private static final ThreadLocal<@Nullable Release> RELEASED = new ThreadLocal<>();

    private Requesting() {}

    static Object[] enter(Object client, Supplier<Defaults> defaults, @Nullable Object asked) {
        RequestOptions options = (RequestOptions) asked;
        if (options == null || options.getMethod() == null || options.getURI() == null) {
            // The client's own complaint.
            return new Object[] {null, null};
        }
        Release release = RELEASED.get();
        if (release != null && release.options() == options) {
            RELEASED.remove();
            return new Object[] {null, release.call()};
        }
        VertxCall call = new VertxCall();
        try {
            OutgoingRequest next = VertxRequest.of(defaults.get(), options, "http", "https");
            SocketAddress elsewhere = VertxRequest.elsewhere(options);
            if (elsewhere != null) {
                HttpGate.current().alsoAt(next, elsewhere.host(), elsewhere.port());
            }
            CompletableFuture<Passage> admission = call.requests.ask(next);
            return admission == null
                    ? new Object[] {null, call}
                    : new Object[] {held((HttpClientImpl) client, options, call, next, admission), null};
        } catch (RefusedException no) {
            return new Object[] {Future.failedFuture(HttpRefusals.ofSockets(no.refusal())), null};
        } catch (IllegalArgumentException unreadable) {
            return new Object[] {Future.failedFuture(VertxRequest.unreadable()), null};
        }
    }

    /** A connection that the application will hold is asked for: what is sent over it is decided when it is. */
    static @Nullable Object connecting(Supplier<Defaults> defaults, @Nullable Object asked) {
        if (asked == null) {
            return null;
        }
        try {
            HttpGate.current().connecting(VertxRequest.of(defaults.get(), (HttpConnectOptions) asked));
            return null;
        } catch (RefusedException no) {
            return Future.failedFuture(HttpRefusals.ofSockets(no.refusal()));
        } catch (IllegalArgumentException unreadable) {
            return Future.failedFuture(VertxRequest.unreadable());
        }
    }

    private static Future<HttpClientRequest> held(
            HttpClientImpl client,
            RequestOptions options,
            VertxCall call,
            OutgoingRequest next,
            CompletableFuture<Passage> admission) {
        ContextInternal context = client.vertx().getOrCreateContext();
        Promise<HttpClientRequest> promise = context.promise();
        // What was approved is what is asked for, whatever becomes of the caller's options.
        RequestOptions copy = new RequestOptions(options);
        HeldRequests.await(client, admission, call, next, copy, context, promise, () -> {
            RELEASED.set(new Release(copy, call));
            try {
                client.request(copy).onComplete(promise);
            } finally {
                RELEASED.remove();
            }
        });
        return promise.future();
    }

    @SuppressWarnings("unchecked")
    static @Nullable Object exit(Object[] entered, @Nullable Object returned, @Nullable Throwable thrown) {
        if (entered[0] != null) {
            return entered[0];
        }
        VertxCall call = (VertxCall) entered[1];
        if (call == null) {
            return returned;
        }
        if (returned == null) {
            call.requests.failed(thrown);
            return null;
        }
        return ((Future<HttpClientRequest>) returned).andThen(made -> {
            if (made.succeeded()) {
                StateField.set(made.result(), call);
            } else {
                call.requests.failed(made.cause());
            }
        });
    }
}
