package io.sallyport.http.vertx;

import io.sallyport.core.verdict.Passage;
import io.sallyport.http.OutgoingRequest;
import io.vertx.core.Promise;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.http.impl.WebSocketClientImpl;
import io.vertx.core.internal.ContextInternal;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@code WebSocketClientImpl.webSocket}: decides the handshake; messages are not looked at. */
final class Handshaking {

    /** See {@link Requesting}. */
    private static final ThreadLocal<@Nullable WebSocketConnectOptions> RELEASED = new ThreadLocal<>();

    private Handshaking() {}

    @SuppressWarnings("unchecked")
    static boolean enter(Object client, Supplier<Defaults> defaults, Object context, Object asked, Object promise) {
        WebSocketConnectOptions options = (WebSocketConnectOptions) asked;
        if (RELEASED.get() == options) {
            RELEASED.remove();
            return false;
        }
        WebSocketClientImpl sockets = (WebSocketClientImpl) client;
        Promise<WebSocket> socket = (Promise<WebSocket>) promise;
        VertxCall call = new VertxCall();
        OutgoingRequest next;
        try {
            next = VertxRequest.of(defaults.get(), options, "ws", "wss");
        } catch (IllegalArgumentException unreadable) {
            socket.tryFail(VertxRequest.unreadable());
            return true;
        }
        CompletableFuture<Passage> admission = call.requests.ask(next);
        if (admission == null) {
            socket.future().onComplete(made -> call.requests.ended(made.cause()));
            return false;
        }
        ContextInternal caller = (ContextInternal) context;
        WebSocketConnectOptions copy = new WebSocketConnectOptions(options);
        HeldRequests.await(client, admission, call, next, copy, caller, socket, () -> {
            RELEASED.set(copy);
            try {
                sockets.webSocket(copy).onComplete(made -> {
                    call.requests.ended(made.cause());
                    socket.handle(made);
                });
            } finally {
                RELEASED.remove();
            }
        });
        return true;
    }
}
