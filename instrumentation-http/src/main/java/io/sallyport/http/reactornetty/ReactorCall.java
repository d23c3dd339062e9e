package io.sallyport.http.reactornetty;

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
import io.sallyport.http.RequestUri;
import io.sallyport.http.netty.HeldBody;
import io.sallyport.http.netty.NettyAnswer;
import io.sallyport.http.netty.NettyFields;
import io.sallyport.http.netty.SentContent;
import io.sallyport.weaving.StateField;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.http.client.HttpClientConfig;
import reactor.netty.http.client.HttpClientRequest;

/**
 * What is known about the requests of one subscription. It is the state of its handler, and of the operations that carry out a request.
 */
final class ReactorCall {

    private final HttpCall requests = new HttpCall();
    private final NettyAnswer answer = new NettyAnswer(requests);

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
        OutgoingRequest next = HandlerText.request(handler.toString(), client.headers());
        if (next == null) {
            return Mono.error(HandlerText.unreadable());
        }
        if (client.websocketClientSpec() != null) {
            next = next.asHandshake();
        }
        return of(handler).admit(next, client, connection);
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
            SentContent.show(((Connection) operations).channel().pipeline(), call.requests);
            if (HttpGate.current().asksForBody(head)) {
                HeldBody.hold(((Connection) operations).channel().pipeline(), call.requests, head);
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

    /** The URI of a handler, which keeps it in types of its package. */
    private static final class HandlerText {

        private static final String URI_IS = "{uri=";
        private static final String METHOD_IS = ", method=";

        /** @param text {@code {uri=https://host/path?query, method=GET}} */
        static @Nullable OutgoingRequest request(String text, HttpHeaders headers) {
            int method = text.lastIndexOf(METHOD_IS);
            if (!text.startsWith(URI_IS) || method < 0 || !text.endsWith("}")) {
                return null;
            }
            String uri = text.substring(URI_IS.length(), method);
            int path = uri.indexOf('/', uri.indexOf("://") + 3);
            String authority = path < 0 ? uri : uri.substring(0, path);
            String sent = path < 0 ? "/" : uri.substring(path);
            try {
                URI base = URI.create(authority);
                return OutgoingRequest.of(
                        text.substring(method + METHOD_IS.length(), text.length() - 1),
                        RequestUri.of(base.getScheme(), base.getHost(), base.getPort(), sent),
                        NettyFields.of(headers));
            } catch (IllegalArgumentException e) {
                return null;
            }
        }

        static IOException unreadable() {
            return new IOException("Refused by Sallyport: the URI of a request cannot be read, so that no rule can be"
                    + " applied to it");
        }
    }
}
