package io.sallyport.http.vertx;

import io.sallyport.core.verdict.RefusedException;
import io.sallyport.http.HttpCall;
import io.sallyport.http.HttpGate;
import io.sallyport.http.HttpRefusals;
import io.sallyport.http.OutgoingRequest;
import io.sallyport.http.answer.MaskedAnswer;
import io.sallyport.weaving.StateField;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.impl.HttpClientRequestBase;
import io.vertx.core.http.impl.HttpClientStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What is known about one request: its state. */
final class VertxCall {

    final HttpCall requests = new HttpCall();
    private @Nullable IOException refused;

    private static VertxCall of(Object request) {
        VertxCall call = StateField.get(request, VertxCall.class);
        if (call == null) {
            // Of a connection that the application holds, or a promised answer.
            call = new VertxCall();
            StateField.set(request, call);
        }
        return call;
    }

    /** @return {@code null} when the head of the request may be written */
    static @Nullable Object sending(Object request) {
        HttpClientRequest sent = (HttpClientRequest) request;
        VertxCall call = of(request);
        if (call.refused == null) {
            call.refused = call.refusal((HttpClientRequestBase) sent);
            if (call.refused == null) {
                return null;
            }
            fail(sent, call.refused);
            sent.reset(0, call.refused);
        }
        return Future.failedFuture(call.refused);
    }

    private @Nullable IOException refusal(HttpClientRequestBase request) {
        try {
            OutgoingRequest sent = VertxRequest.of(request);
            HttpGate.current().refuseElsewhere(sent, request.getURI());
            requests.decide(sent, HttpGate.current()::follow);
            return null;
        } catch (RefusedException no) {
            return HttpRefusals.ofSockets(no.refusal());
        } catch (IllegalArgumentException unreadable) {
            return VertxRequest.unreadable();
        }
    }

    /** @return whether the answer is refused, and its caller knows */
    static boolean answered(Object request, Object stream, HttpClientResponse response) {
        HttpClientRequestBase asked = (HttpClientRequestBase) request;
        VertxCall call = of(request);
        IOException no = call.refused;
        if (no == null && !call.requests.isAdmitted()) {
            no = call.refusal(asked);
        }
        if (no == null) {
            no = call.mask((HttpClientStream) stream, response);
        }
        if (no != null) {
            fail(asked, no);
            ((HttpClientStream) stream).reset(no);
        }
        return no != null;
    }

    private @Nullable IOException mask(HttpClientStream stream, HttpClientResponse response) {
        try {
            MaskedAnswer masked = requests.answered(response.statusCode(), response.headers()::get, false);
            if (masked != null) {
                masked.untrue(response.headers().names())
                        .forEach(name -> response.headers().remove(name));
                AnswerHandlers.of(stream).mask(stream, masked.masker());
            }
            return null;
        } catch (RefusedException no) {
            return HttpRefusals.ofSockets(no.refusal());
        }
    }

    private static void fail(HttpClientRequest request, IOException refusal) {
        if (request.response() instanceof Promise<?> answer) {
            answer.tryFail(refusal);
        }
    }
}
