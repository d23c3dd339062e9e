package io.sallyport.http.jdk;

import io.sallyport.core.hold.Waiter;
import io.sallyport.core.verdict.Passage;
import io.sallyport.core.verdict.RefusedException;
import io.sallyport.http.Framing;
import io.sallyport.http.HttpGate;
import io.sallyport.http.HttpRefusals;
import io.sallyport.http.OutgoingRequest;
import io.sallyport.http.SaidCookies;
import io.sallyport.http.answer.FieldValues;
import java.io.IOException;
import java.net.ProxySelector;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.PushPromiseHandler;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What the advice of this package calls. Stateless but for the agent's context. */
final class JdkCalls {

    private static final HttpGate GATE = HttpGate.current();

    private JdkCalls() {}

    static Object[] send(
            Object client, ProxySelector selector, @Nullable HttpRequest given, @Nullable BodyHandler<?> handler)
            throws IOException {
        if (given == null || handler == null) {
            // The client's own complaint.
            return new Object[] {handler, null, given};
        }
        HttpRequest request = ReadRequest.of(given);
        try {
            Waiter waiter = request.timeout().map(Waiter::new).orElseGet(Waiter::unlimited);
            PublishedBody body = PublishedBody.of(request);
            Asked asked = Asked.by(client, selector, request);
            OutgoingRequest decided =
                    asked.asSent(request, JdkRequest.of(request).with(body));
            Passage passage = GATE.admit(decided, waiter);
            HttpRequest sent = sent(request, body);
            JdkCall call = new JdkCall(asked, sent, decided, passage);
            JdkProxy.choose(asked.proxy());
            return new Object[] {masking(handler, call), call, ShownBody.in(sent, call)};
        } catch (RefusedException e) {
            throw HttpRefusals.exception(e.refusal());
        }
    }

    static void sent(Object[] entered, @Nullable HttpResponse<?> response, @Nullable Throwable thrown) {
        JdkProxy.choose(null);
        if (entered[1] != null) {
            report((JdkCall) entered[1], entered[0], response, thrown);
        }
    }

    static Object[] sendAsync(
            Object client,
            ProxySelector selector,
            @Nullable HttpRequest given,
            @Nullable BodyHandler<?> handler,
            @Nullable PushPromiseHandler<?> push) {
        if (given == null || handler == null) {
            return new Object[] {null, handler, push, null, given};
        }
        HeldCall.Release released = HeldCall.takeRelease(given);
        if (released != null) {
            return proceed(released.call(given), handler, push);
        }
        HttpRequest request = ReadRequest.of(given);
        PublishedBody body = PublishedBody.of(request);
        Asked asked = Asked.by(client, selector, request);
        OutgoingRequest decided;
        try {
            decided = asked.asSent(request, JdkRequest.of(request).with(body));
        } catch (IOException noCookies) {
            return instead(CompletableFuture.failedFuture(noCookies));
        }
        CompletableFuture<Passage> admission = GATE.admitAsync(decided);
        HttpRequest sent = sent(request, body);
        if (admission.isDone() && !admission.isCompletedExceptionally()) {
            return proceed(new JdkCall(asked, sent, decided, admission.join()), handler, push);
        }
        return instead(HeldCall.of(asked, sent, decided, handler, push, admission));
    }

    private static HttpRequest sent(HttpRequest request, @Nullable PublishedBody body) {
        return body == null ? request : body.sent(request);
    }

    private static Object[] proceed(JdkCall call, BodyHandler<?> handler, @Nullable PushPromiseHandler<?> push) {
        PushPromiseHandler<?> guarded =
                push == null ? null : new GovernedPushes<>(push, call.asked().client());
        JdkProxy.choose(call.asked().proxy());
        return new Object[] {null, masking(handler, call), guarded, call, ShownBody.in(call.latest(), call)};
    }

    static Object[] instead(CompletableFuture<?> future) {
        return new Object[] {future, null, null, null, null};
    }

    static @Nullable CompletableFuture<?> sentAsync(
            Object[] entered, @Nullable CompletableFuture<?> returned, @Nullable Throwable thrown) {
        if (entered[0] != null) {
            return (CompletableFuture<?>) entered[0];
        }
        JdkProxy.choose(null);
        JdkCall call = (JdkCall) entered[3];
        if (call == null) {
            return returned;
        }
        if (returned == null) {
            call.requests.failed(thrown);
            return null;
        }
        // The caller gets the client's own future, so that cancel and completion behave as ever.
        returned.whenComplete((response, failure) -> report(call, entered[1], (HttpResponse<?>) response, failure));
        return returned;
    }

    /** The client begins to send {@code request}, its own object, whose answer is for {@code handler}. */
    static void begins(HttpRequest request, Object handler) {
        if (handler instanceof MaskingHandler<?> ours) {
            ours.call().goesOnWith(request);
        }
    }

    /** The head of an answer to {@code request}, or of a proxy's to the request for a tunnel, which is no answer that anybody follows. */
    static void arrived(@Nullable HttpRequest request, int status) {
        JdkCall call = request == null ? null : JdkCall.of(request);
        if (request != null && call != null) {
            call.answeredWith(request, status);
        }
    }

    /** The client writes the head of {@code request} to a connection; a request for a tunnel belongs to no call. */
    static void sending(@Nullable HttpRequest request) {
        JdkCall call = request == null ? null : JdkCall.of(request);
        if (call != null) {
            call.requests.sending();
        }
    }

    /**
     * The head of {@code request} is made, and nothing of it written.
     *
     * @param length of its body; negative where that is sent in chunks
     */
    static void framed(@Nullable HttpRequest request, long length) throws IOException {
        if (request == null) {
            return;
        }
        List<String> lengths = request.headers().allValues("content-length");
        List<String> codings = request.headers().allValues("transfer-encoding");
        if (lengths.isEmpty() && (codings.isEmpty() || length < 0)) {
            // The client's own alone, which are true.
            return;
        }
        Framing framing = length < 0
                ? Framing.of(lengths, List.of("chunked"), true)
                : Framing.of(lengths.isEmpty() ? List.of(String.valueOf(length)) : lengths, codings, false);
        if (!framing.takes(Math.max(length, 0)) || !framing.ends()) {
            try {
                Framing.refuse(JdkRequest.of(request.uri(), request.method(), request));
            } catch (RefusedException no) {
                throw HttpRefusals.exception(no.refusal());
            }
        }
    }

    /**
     * The client asks for an answer to {@code request}, to which it has added what it adds by itself.
     *
     * @return the failed future of one that is refused: with its credentials, or sent again; {@code null}: go on
     */
    static @Nullable CompletableFuture<?> exchanging(@Nullable HttpRequest request) {
        JdkCall call = request == null ? null : JdkCall.of(request);
        if (request == null || call == null) {
            return null;
        }
        try {
            if (!call.requests.isSent()) {
                call.decideCredentials();
                return null;
            }
            OutgoingRequest direct =
                    JdkRequest.of(request.uri(), request.method(), request).with(PublishedBody.again(request));
            call.goesOn(request, call.asked().asSent(request, direct));
            return null;
        } catch (RefusedException e) {
            return CompletableFuture.failedFuture(HttpRefusals.exception(e.refusal()));
        } catch (IOException noCookies) {
            return CompletableFuture.failedFuture(noCookies);
        }
    }

    /** The client adds a field to {@code request}, its own object. */
    static void adds(HttpRequest request, String name, String value) {
        JdkCall call = JdkCall.of(request);
        if (call != null) {
            call.adds(request, name, value);
        }
    }

    /** {@code next} was made of {@code before}, which was told to authenticate. */
    static void repeated(HttpRequest before, HttpRequest next) {
        JdkCall call = JdkCall.of(before);
        if (call != null) {
            call.goesOnWith(next);
        }
    }

    /** {@code next} was made of {@code before}, which was answered with a redirect. */
    static void redirected(HttpRequest before, HttpRequest next) throws IOException {
        OutgoingRequest direct = JdkRequest.of(next.uri(), next.method(), next).with(PublishedBody.again(next));
        JdkCall call = JdkCall.of(before);
        SaidCookies cookies = call == null ? null : call.asked().cookies();
        if (cookies != null) {
            cookies.next();
        }
        OutgoingRequest outgoing = call == null ? direct : call.asked().asSent(next, direct);
        try {
            if (call == null) {
                GATE.refuse(outgoing, "redirect", "this redirect belongs to no call that was admitted");
            } else {
                call.goesOn(next, outgoing);
            }
        } catch (RefusedException e) {
            throw HttpRefusals.exception(e.refusal());
        }
    }

    /** An answer that had to pass a handler of ours is recorded by that. */
    static void report(
            JdkCall call, @Nullable Object handler, @Nullable HttpResponse<?> response, @Nullable Throwable failure) {
        if (response == null) {
            call.requests.failed(failure);
            return;
        }
        if (!(handler instanceof MaskingHandler) || call.requests.isFree()) {
            try {
                call.requests.answered(
                        response.statusCode(),
                        name -> FieldValues.joined(response.headers().allValues(name)),
                        false);
            } catch (RefusedException nothingToRefuse) {
                throw new IllegalStateException(nothingToRefuse);
            }
        }
        if (!call.requests.isAnswered()) {
            // A handshake, which is over.
            call.requests.ended(null);
        }
    }

    /** It is known only when the answer comes whether anything has to be done to it; meanwhile, the handler leads to the call. */
    private static @Nullable BodyHandler<?> masking(@Nullable BodyHandler<?> handler, JdkCall call) {
        return handler == null ? null : new MaskingHandler<>(handler, call);
    }
}
