package io.sallyport.http.apache5;

import io.sallyport.core.hold.Waiter;
import io.sallyport.core.verdict.RefusedException;
import io.sallyport.http.HttpCall;
import io.sallyport.http.HttpGate;
import io.sallyport.http.HttpRefusals;
import io.sallyport.http.OutgoingRequest;
import io.sallyport.http.SentBody;
import io.sallyport.http.StatedBody;
import io.sallyport.http.answer.MaskedAnswer;
import io.sallyport.weaving.StateField;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.core5.concurrent.CancellableDependency;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/** What is known about a call of the classic client, whose callers may be parked. */
final class ClassicCall {

    private static final HttpGate GATE = HttpGate.current();

    private final HttpCall requests = new HttpCall();
    private volatile @Nullable HttpRoute route;
    private volatile @Nullable Runnable untold;
    private volatile @Nullable HttpRequest written;
    private @Nullable StatedBody stated;

    static ClassicCall of(Object runtime) {
        ClassicCall call = StateField.get(runtime, ClassicCall.class);
        if (call == null) {
            // One thread makes the requests of a call.
            call = new ClassicCall();
            StateField.set(runtime, call);
        }
        return call;
    }

    /** Where the next connection leads. */
    void route(HttpRoute leading) {
        route = leading;
    }

    /** No connection is there yet. */
    static void connecting(HttpRequest request, ExecChain.Scope scope) throws IOException {
        ClassicCall call = of(scope.execRuntime);
        call.route(scope.route);
        Waiter waiter = waiter(scope.clientContext.getRequestConfig());
        if (scope.originalRequest instanceof CancellableDependency cancellable) {
            cancellable.setDependency(() -> {
                waiter.giveUp("the request was cancelled");
                return true;
            });
        }
        call.decide(request, scope.route, waiter);
    }

    /** A connection is there. Without a chain, as in the minimal client, the request is first seen here. */
    void sending(HttpRequest request) throws IOException {
        HttpRoute known = route;
        if (known == null) {
            throw new IOException("Refused by Sallyport: a request without a route cannot be decided");
        }
        decide(request, known, Waiter.unlimited());
        written = request;
        requests.says(request.getMethod(), request.getPath());
    }

    private void decide(HttpRequest request, HttpRoute leading, Waiter waiter) throws IOException {
        EntityBody body = EntityBody.of(request);
        try {
            OutgoingRequest sent = ApacheRequest.of(request, leading).overSocket();
            GATE.refuseElsewhere(sent, request.getPath() == null ? "/" : request.getPath());
            requests.decide(sent.with(body), next -> GATE.admit(next, waiter));
        } catch (RefusedException no) {
            throw HttpRefusals.ofSockets(no.refusal());
        }
        if (body != null) {
            body.replace();
        }
    }

    /** @return what the body is to be written to */
    OutputStream shown(OutputStream stream) {
        HttpRequest request = written;
        if (request == null) {
            return stream;
        }
        long length = request.containsHeader("Transfer-Encoding")
                ? -1
                : OutgoingRequest.length(HeaderValues.joined(request, "Content-Length"));
        StatedBody counted = length <= 0 ? null : new StatedBody(stream, length);
        stated = counted;
        SentBody body = ApacheRequest.shown(requests, request);
        OutputStream whole = counted == null ? stream : counted;
        return body == null ? whole : body.before(whole);
    }

    /** The body was written, without a failure. One that ended before its length is refused, so that the client lets go of the connection. */
    void bodyWritten() throws IOException {
        StatedBody counted = stated;
        stated = null;
        if (counted != null && counted.isCut()) {
            try {
                requests.refuseFraming();
            } catch (RefusedException no) {
                throw HttpRefusals.ofSockets(no.refusal());
            }
        }
    }

    /** The head of a request is about to be written: of that which was decided, unless the executor is the application's and changed it or has another. */
    void writing(HttpRequest request, @Nullable Socket socket) throws IOException {
        if (isForProxy()) {
            return;
        }
        if (!requests.stillSays(request.getMethod(), request.getPath())) {
            sending(request);
        }
        try {
            requests.sendingBy(socket);
        } catch (RefusedException no) {
            throw HttpRefusals.ofSockets(no.refusal());
        }
    }

    /** What asks a proxy for a tunnel is written before there is TLS with the target. */
    private boolean isForProxy() {
        HttpRequest request = written;
        HttpRoute leading = route;
        return request != null
                && leading != null
                && leading.isTunnelled()
                && request.getMethod().equalsIgnoreCase("CONNECT");
    }

    void answered(@Nullable ClassicHttpResponse response, @Nullable Throwable thrown) throws IOException {
        if (response == null) {
            requests.failed(thrown);
            return;
        }
        if (requests.isAnswered()) {
            return;
        }
        try {
            MaskedAnswer masked = ApacheAnswer.judgeOnly(requests, response);
            HttpEntity body = response.getEntity();
            if (masked != null) {
                untold = () -> ApacheAnswer.removeUntrue(masked, response);
                if (body != null) {
                    response.setEntity(new MaskedEntity(body, masked));
                }
            }
        } catch (RefusedException no) {
            response.close();
            throw HttpRefusals.ofSockets(no.refusal());
        }
    }

    /**
     * The client has decided what becomes of the connection, which it does by the length that the answer states as it arrived: now, and
     * before anybody else sees the answer, the fields go that are no longer true.
     */
    void connectionDecided() {
        Runnable removal = untold;
        if (removal != null) {
            untold = null;
            removal.run();
        }
    }

    private static Waiter waiter(@Nullable RequestConfig config) {
        Timeout limit = config == null ? null : config.getResponseTimeout();
        return limit == null || limit.isDisabled() || limit.toMilliseconds() == 0
                ? Waiter.unlimited()
                : new Waiter(Duration.ofMillis(limit.toMilliseconds()));
    }
}
