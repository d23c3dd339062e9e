package io.sallyport.http.reactornetty;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.timeout.ReadTimeoutException;
import io.sallyport.core.verdict.Passage;
import io.sallyport.core.verdict.Refusal;
import io.sallyport.core.verdict.RefusedException;
import io.sallyport.http.HttpCall;
import io.sallyport.http.HttpGate;
import io.sallyport.http.HttpRefusals;
import io.sallyport.http.OutgoingRequest;
import io.sallyport.http.netty.CountedContent;
import io.sallyport.http.netty.ForeignHandlers;
import io.sallyport.http.netty.HeldBody;
import io.sallyport.http.netty.NettyAnswer;
import io.sallyport.http.netty.NettyFields;
import io.sallyport.http.netty.SentContent;
import io.sallyport.weaving.StateField;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.http.client.HttpClientConfig;
import reactor.netty.http.client.HttpClientInfos;
import reactor.netty.http.client.HttpClientRequest;
import reactor.netty.transport.ProxyProvider;

/**
 * What is known about the requests of one subscription. It is the state of its handler, and of the operations that carry out a request.
 */
final class ReactorCall {

    private final HttpCall requests = new HttpCall();
    private final NettyAnswer answer = new NettyAnswer(requests);

    /** Where the last answer led to. */
    private volatile @Nullable String redirect;

    private static ReactorCall of(Object handler) {
        synchronized (handler) {
            ReactorCall call = StateField.get(handler, ReactorCall.class);
            if (call == null) {
                call = new ReactorCall();
                StateField.set(handler, call);
            }
            return call;
        }
    }

    static @Nullable Object acquire(Object config, @Nullable Object handler, @Nullable Mono<?> connection) {
        if (connection == null || handler == null || !(config instanceof HttpClientConfig client)) {
            return connection;
        }
        ReactorCall call = of(handler);
        OutgoingRequest next = HandlerRequest.of(handler.toString(), client, call.redirect);
        if (next == null) {
            return Mono.error(HandlerRequest.unreadable());
        }
        if (client.websocketClientSpec() != null) {
            next = next.asHandshake();
        }
        return call.admit(carried(next, client.proxyProvider()), client, connection);
    }

    /** This client's proxies, those for HTTP too, carry what is sent through a tunnel. */
    private static OutgoingRequest carried(OutgoingRequest next, @Nullable ProxyProvider proxy) {
        String host = next.uri().getHost();
        if (proxy == null
                || host != null
                        && !proxy.shouldProxy(InetSocketAddress.createUnresolved(
                                host, Math.max(next.uri().getPort(), 0)))) {
            return next;
        }
        InetSocketAddress address = proxy.getAddress().get();
        return next.carriedBy(address.getHostString(), address.getPort());
    }

    private Mono<?> admit(OutgoingRequest next, HttpClientConfig client, Mono<?> connection) {
        CompletableFuture<Passage> admission = requests.ask(next);
        if (admission == null) {
            return connection;
        }
        Duration limit = client.responseTimeout();
        if (limit != null && !limit.isZero()) {
            admission.orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS);
        }
        return Mono.create(sink -> {
                    CancelWatch.cancels(sink.contextView(), admission);
                    admission.whenComplete((passage, failure) -> {
                        if (failure == null) {
                            requests.admitted(next, passage);
                            sink.success();
                        } else {
                            sink.error(exception(failure));
                        }
                    });
                })
                .then(connection);
    }

    private static Throwable exception(Throwable failure) {
        Throwable cause = HttpRefusals.cause(failure);
        Refusal refusal = HttpRefusals.refusal(cause);
        if (refusal != null) {
            return HttpRefusals.ofSockets(refusal);
        }
        return cause instanceof TimeoutException ? ReadTimeoutException.INSTANCE : cause;
    }

    static void redirected(Object handler, String to) {
        of(handler).redirect = to;
    }

    static void connected(Object handler, Object operations) {
        StateField.set(operations, of(handler));
    }

    /** The head of the request is about to be written: header fields are known that were not when it was decided. */
    static void sending(Object operations) throws IOException {
        ReactorCall call = StateField.get(operations, ReactorCall.class);
        if (call == null) {
            throw new IOException("Refused by Sallyport: a request that nobody decided");
        }
        try {
            HttpHeaders fields = ((HttpClientRequest) operations).requestHeaders();
            OutgoingRequest head = call.requests.withFields(NettyFields.of(fields));
            ChannelPipeline pipeline = ((Connection) operations).channel().pipeline();
            if (ForeignHandlers.in(pipeline)) {
                call.requests.says(
                        ((HttpClientInfos) operations).method().name(), ((HttpClientInfos) operations).uri());
            }
            SentContent.show(pipeline, call.requests);
            if (fields.contains(HttpHeaderNames.CONTENT_LENGTH)) {
                CountedContent.count(pipeline, call.requests);
            }
            if (HttpGate.current().asksForBody(head)) {
                HeldBody.hold(pipeline, call.requests, head);
            } else {
                call.requests.sending();
            }
        } catch (RefusedException no) {
            throw HttpRefusals.ofSockets(no.refusal());
        }
    }

    static Object inbound(Object operations, Object message) throws IOException {
        ReactorCall call = StateField.get(operations, ReactorCall.class);
        if (call != null && message instanceof HttpResponse) {
            // The client states a length when the body is there, which is after the head was looked at.
            String stated = ((HttpClientRequest) operations).requestHeaders().get(HttpHeaderNames.CONTENT_LENGTH);
            call.requests.sent(OutgoingRequest.length(stated));
        }
        try {
            // Without a call it is one that was never sent; answers to nothing are the client's to report.
            return call == null ? message : call.answer.seen(message);
        } catch (RefusedException no) {
            throw HttpRefusals.ofSockets(no.refusal());
        }
    }
}
