package io.sallyport.http.apache5;

import io.sallyport.core.verdict.RefusedException;
import io.sallyport.http.HttpCall;
import io.sallyport.http.HttpGate;
import io.sallyport.http.HttpRefusals;
import io.sallyport.http.OutgoingBody;
import io.sallyport.http.OutgoingRequest;
import io.sallyport.weaving.StateField;
import java.io.IOException;
import javax.net.ssl.SSLSession;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.client5.http.async.AsyncExecChain;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.http.nio.AsyncClientExchangeHandler;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.jspecify.annotations.Nullable;

/** What is known about a call of the asynchronous client: the state of its runtime. Its requests follow each other. */
final class AsyncCall {

    private static final HttpGate GATE = HttpGate.current();

    final HttpCall requests = new HttpCall();

    /** What rules have seen of the body that the call's requests have. */
    private volatile @Nullable CollectedEntity seen;

    /** Where its connection leads. */
    private volatile @Nullable HttpRoute route;

    /** {@code null} where a runtime was made by hand. */
    final @Nullable CloseableHttpAsyncClient client;

    private AsyncCall(@Nullable CloseableHttpAsyncClient client) {
        this.client = client;
    }

    /** The client has made the runtime of a call. */
    static void begins(Object client, Object runtime) {
        StateField.set(runtime, new AsyncCall((CloseableHttpAsyncClient) client));
    }

    static AsyncCall of(AsyncExecChain.Scope scope) {
        Object runtime = scope.execRuntime;
        synchronized (runtime) {
            AsyncCall call = StateField.get(runtime, AsyncCall.class);
            if (call == null) {
                call = new AsyncCall(null);
                StateField.set(runtime, call);
            }
            return call;
        }
    }

    void saw(CollectedEntity entity) {
        seen = entity;
    }

    /** What was taken from this producer, if all of it was: then it has nothing left, and a repetition of the request sends that again. */
    @Nullable
    CollectedEntity seenOf(AsyncEntityProducer producer) {
        CollectedEntity entity = seen;
        return entity != null && entity.whole() && entity.isFrom(producer) ? entity : null;
    }

    private static AsyncEntityProducer shown(AsyncEntityProducer producer, HttpCall call, HttpRequest request) {
        return call.recordsBody() ? new ShownProducer(producer, call, request) : producer;
    }

    /** @return what sees the request of an admitted call once more; without a call it is the client's own request for a tunnel */
    static AsyncClientExchangeHandler exchanging(Object runtime, AsyncClientExchangeHandler handler) {
        AsyncCall call = StateField.get(runtime, AsyncCall.class);
        return call == null || call.route == null ? handler : new DecidedExchange(handler, call);
    }

    /** The client's interceptors have added their fields, cookies and credentials among them: what they change is decided, and cannot wait. */
    void intercepted(HttpRequest request, @Nullable EntityDetails entity, HttpContext context) throws IOException {
        HttpRoute leading = route;
        if (leading == null || Method.CONNECT.isSame(request.getMethod())) {
            return;
        }
        OutgoingRequest next = ApacheRequest.of(request, leading);
        if (!requests.covers(next)) {
            decide(request, next, entity);
        }
        SSLSession session = context instanceof HttpCoreContext known ? known.getSSLSession() : null;
        if (session != null) {
            sending(next, session);
        }
        requests.sending();
    }

    private static void sending(OutgoingRequest next, SSLSession session) throws IOException {
        try {
            GATE.servers().sending(next.uri(), session);
        } catch (RefusedException no) {
            throw HttpRefusals.ofSockets(no.refusal());
        }
    }

    private void decide(HttpRequest request, OutgoingRequest next, @Nullable EntityDetails entity) throws IOException {
        CollectedEntity collected = seen;
        OutgoingBody body = collected != null
                ? collected.body()
                : entity == null ? null : OutgoingBody.unreadable(entity.getContentLength());
        try {
            GATE.refuseElsewhere(next, request.getPath() == null ? "/" : request.getPath());
            requests.decide(next.with(body), GATE::follow);
        } catch (RefusedException no) {
            throw HttpRefusals.ofSockets(no.refusal());
        }
    }

    /** A connection is there: what has been changed since the decision is decided anew, and cannot wait. */
    static Object[] sending(
            HttpRequest request, @Nullable Object producer, AsyncExecChain.Scope scope, AsyncExecCallback callback) {
        AsyncCall call = of(scope);
        call.route = scope.route;
        try {
            OutgoingRequest sent = ApacheRequest.of(request, scope.route);
            GATE.refuseElsewhere(sent, request.getPath() == null ? "/" : request.getPath());
            if (call.seen != null && producer != null && !(producer instanceof CollectedProducer)) {
                GATE.refuse(
                        sent,
                        "request-body",
                        "a handler of the client's chain replaced a body that a rule is about; put it in front of the"
                                + " client's own handlers");
            }
            call.requests.decide(sent, GATE::follow);
            return new Object[] {
                null,
                new MaskingCallback(callback, call.requests),
                producer == null ? null : shown((AsyncEntityProducer) producer, call.requests, request)
            };
        } catch (RefusedException no) {
            callback.failed(HttpRefusals.ofSockets(no.refusal()));
            return new Object[] {callback, callback, producer};
        }
    }
}
