package io.sallyport.http.asynchttpclient;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.sallyport.core.verdict.Passage;
import io.sallyport.core.verdict.Refusal;
import io.sallyport.core.verdict.RefusedException;
import io.sallyport.http.HeldAdmissions;
import io.sallyport.http.HttpGate;
import io.sallyport.http.HttpRefusals;
import io.sallyport.http.OutgoingRequest;
import io.sallyport.weaving.StateField;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.asynchttpclient.AsyncHandler;
import org.asynchttpclient.AsyncHttpClientConfig;
import org.asynchttpclient.ListenableFuture;
import org.asynchttpclient.Request;
import org.asynchttpclient.netty.NettyResponseFuture;
import org.asynchttpclient.netty.channel.ConnectionSemaphore;
import org.asynchttpclient.netty.request.NettyRequestSender;
import org.asynchttpclient.proxy.ProxyServer;
import org.asynchttpclient.util.ProxyUtils;
import org.jspecify.annotations.Nullable;

/** One request on its way into the client: decided, and sent again from here once people have approved. */
final class Sending {

    private final NettyRequestSender sender;
    private final AsyncHttpClientConfig config;
    private final Request request;
    private final @Nullable AsyncHandler<Object> handler;
    private final NettyResponseFuture<Object> future;

    private Sending(
            NettyRequestSender sender,
            AsyncHttpClientConfig config,
            Request request,
            @Nullable AsyncHandler<Object> handler,
            NettyResponseFuture<Object> future) {
        this.sender = sender;
        this.config = config;
        this.request = request;
        this.handler = handler;
        this.future = future;
    }

    @SuppressWarnings("unchecked")
    static Object[] enter(
            Object sender,
            Object config,
            @Nullable Object semaphore,
            Object request,
            @Nullable Object handler,
            @Nullable Object known) {
        NettyRequestSender client = (NettyRequestSender) sender;
        if (client.isClosed()) {
            // The client's own complaint.
            return new Object[] {null, request, known};
        }
        Request read = AsyncRequest.read((Request) request);
        AsyncHandler<Object> typed = (AsyncHandler<Object>) handler;
        NettyResponseFuture<Object> future = known == null
                ? future(
                        read,
                        typed,
                        (AsyncHttpClientConfig) config,
                        semaphore == null ? null : (ConnectionSemaphore) semaphore)
                : (NettyResponseFuture<Object>) known;
        return new Sending(client, (AsyncHttpClientConfig) config, read, typed, future).decide();
    }

    /** A call that could not be mediated, as the client ends one that it cannot make. */
    static Object[] refused(IOException why, @Nullable Object handler, @Nullable Object known) {
        if (known instanceof NettyResponseFuture<?> future) {
            future.abort(why);
            return new Object[] {future, null, null};
        }
        if (handler != null) {
            ((AsyncHandler<?>) handler).onThrowable(why);
        }
        return new Object[] {new ListenableFuture.CompletedFailure<>(why), null, null};
    }

    static @Nullable Object exit(Object[] entered, @Nullable Object returned, @Nullable Throwable thrown) {
        if (thrown != null && entered[2] != null) {
            AsyncCall.ended(entered[2], thrown);
        }
        return entered[0] == null ? returned : entered[0];
    }

    /** As the client makes it ({@code newNettyRequestAndResponseFuture}, {@code newNettyResponseFuture}). */
    private static NettyResponseFuture<Object> future(
            Request request,
            @Nullable AsyncHandler<Object> handler,
            AsyncHttpClientConfig config,
            @Nullable ConnectionSemaphore semaphore) {
        ProxyServer proxy = ProxyUtils.getProxyServer(config, request);
        NettyResponseFuture<Object> future = new NettyResponseFuture<>(
                request,
                handler,
                null,
                config.getMaxRequestRetry(),
                request.getChannelPoolPartitioning(),
                semaphore,
                proxy);
        future.setRealm(request.getRealm() == null ? config.getRealm() : request.getRealm());
        if (proxy != null) {
            future.setProxyRealm(proxy.getRealm());
        }
        String expected = request.getHeaders().get(HttpHeaderNames.EXPECT);
        if (HttpHeaderValues.CONTINUE.contentEqualsIgnoreCase(expected)) {
            future.setDontWriteBodyBecauseExpectContinue(true);
        }
        return future;
    }

    private Object[] decide() {
        AsyncCall call = AsyncCall.of(future);
        if (call == null) {
            call = new AsyncCall();
            StateField.set(future, call);
        }
        if (call.isHeld()) {
            // The client noticed that its connection is gone, and repeats what has not been sent yet.
            return instead();
        }
        OutgoingRequest next;
        try {
            ProxyServer proxy = ProxyUtils.getProxyServer(config, request);
            OutgoingRequest direct = AsyncRequest.of(request, future);
            if (proxy == null) {
                next = direct;
            } else {
                next = proxy.getProxyType().isHttp()
                        ? direct.through(proxy.getHost(), proxy.getPort())
                        : direct.carriedBy(proxy.getHost(), proxy.getPort());
            }
        } catch (IllegalArgumentException unreadable) {
            future.abort(new IOException(
                    "Refused by Sallyport: the URI of a request cannot be read, so that no rule can be applied to it"));
            return instead();
        }
        InetAddress elsewhere = request.getAddress();
        if (elsewhere != null) {
            try {
                HttpGate.current()
                        .alsoAt(
                                next,
                                elsewhere.getHostAddress(),
                                request.getUri().getExplicitPort());
            } catch (RefusedException no) {
                future.abort(HttpRefusals.ofSockets(no.refusal()));
                return instead();
            }
        }
        CompletableFuture<Passage> admission = call.requests.ask(next);
        if (admission == null) {
            return proceed(AsyncRequest.sent(request, next));
        }
        hold(call, next, admission);
        return instead();
    }

    private void hold(AsyncCall call, OutgoingRequest next, CompletableFuture<Passage> admission) {
        Duration limit = limit();
        if (!limit.isNegative() && !limit.isZero()) {
            admission.orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS);
        }
        call.hold(admission);
        HeldAdmissions.of(sender).add(admission, sender::isClosed);
        admission.whenComplete((passage, failure) -> {
            if (failure != null) {
                future.abort(exception(failure));
            } else if (future.isDone()) {
                passage.failed(null);
            } else {
                call.requests.admitted(next, passage);
                send(AsyncRequest.sent(request, next));
            }
        });
    }

    private void send(Request approved) {
        try {
            sender.sendRequest(approved, handler, future);
        } catch (RuntimeException e) {
            future.abort(e);
        }
    }

    private Object[] proceed(Request sent) {
        return new Object[] {null, sent, future};
    }

    private Object[] instead() {
        return new Object[] {future, null, null};
    }

    private Duration limit() {
        Duration own = request.getRequestTimeout();
        return own == null || own.isZero() ? config.getRequestTimeout() : own;
    }

    private Throwable exception(Throwable failure) {
        Throwable cause = HttpRefusals.cause(failure);
        Refusal refusal = HttpRefusals.refusal(cause);
        if (refusal != null) {
            return HttpRefusals.ofSockets(refusal);
        }
        if (cause instanceof CancellationException && sender.isClosed()) {
            // As the client says it to who asks it for more.
            return new IllegalStateException("Closed");
        }
        return cause instanceof TimeoutException
                ? new TimeoutException(
                        "Request timeout to " + request.getUri().getHost() + " after " + limit().toMillis() + " ms")
                : cause;
    }
}
