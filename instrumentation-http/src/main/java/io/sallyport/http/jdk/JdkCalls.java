package io.sallyport.http.jdk;

import io.sallyport.core.hold.Waiter;
import io.sallyport.core.verdict.Passage;
import io.sallyport.core.verdict.RefusedException;
import io.sallyport.http.HttpGate;
import io.sallyport.http.HttpRefusals;
import io.sallyport.http.OutgoingRequest;
import io.sallyport.http.SaidCookies;
import io.sallyport.http.answer.FieldValues;
import io.sallyport.http.answer.MaskedAnswer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.PushPromiseHandler;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What the advice of this package calls. Stateless but for the agent's context. */
final class JdkCalls {

    private static final HttpGate GATE = HttpGate.current();

    private JdkCalls() {}

    static Object[] send(Object client, HttpRequest request, BodyHandler<?> handler) throws IOException {
        try {
            Waiter waiter = request.timeout().map(Waiter::new).orElseGet(Waiter::unlimited);
            PublishedBody body = PublishedBody.of(request);
            SaidCookies cookies = AskedCookies.of((HttpClient) client);
            Passage passage = GATE.admit(
                    asSent(client, request, cookies, JdkRequest.of(request).with(body)), waiter);
            HttpRequest sent = sent(request, body);
            JdkCall call = new JdkCall((HttpClient) client, sent, passage, cookies);
            return new Object[] {masking(handler, call), call, ShownBody.in(sent, call)};
        } catch (RefusedException e) {
            throw HttpRefusals.exception(e.refusal());
        }
    }

    static void sent(Object[] entered, @Nullable HttpResponse<?> response, @Nullable Throwable thrown) {
        report((JdkCall) entered[1], entered[0], response, thrown);
    }

    static Object[] sendAsync(
            Object client, HttpRequest request, BodyHandler<?> handler, @Nullable PushPromiseHandler<?> push) {
        HeldCall.Release released = HeldCall.takeRelease(request);
        if (released != null) {
            return proceed(client, released.passage(), request, handler, push, released.cookies());
        }
        PublishedBody body = PublishedBody.of(request);
        SaidCookies cookies = AskedCookies.of((HttpClient) client);
        CompletableFuture<Passage> admission;
        try {
            admission = GATE.admitAsync(
                    asSent(client, request, cookies, JdkRequest.of(request).with(body)));
        } catch (IOException noCookies) {
            return instead(CompletableFuture.failedFuture(noCookies));
        }
        HttpRequest sent = sent(request, body);
        if (admission.isDone() && !admission.isCompletedExceptionally()) {
            return proceed(client, admission.join(), sent, handler, push, cookies);
        }
        return instead(HeldCall.of(client, sent, handler, push, cookies, admission));
    }

    /** With the cookies of the client's handler, which it adds on the way, and to its proxy. */
    private static OutgoingRequest asSent(
            Object client, HttpRequest request, @Nullable SaidCookies cookies, OutgoingRequest direct)
            throws IOException {
        InetSocketAddress proxy = JdkProxy.of((HttpClient) client, direct.uri());
        OutgoingRequest whole = direct.withCookies(cookies, request.headers().map());
        return proxy == null ? whole : whole.through(proxy.getHostString(), proxy.getPort());
    }

    private static HttpRequest sent(HttpRequest request, @Nullable PublishedBody body) {
        return body == null ? request : body.sent(request);
    }

    private static Object[] proceed(
            Object client,
            Passage passage,
            HttpRequest request,
            BodyHandler<?> handler,
            @Nullable PushPromiseHandler<?> push,
            @Nullable SaidCookies cookies) {
        PushPromiseHandler<?> guarded = push == null ? null : new GovernedPushes<>(push, (HttpClient) client);
        JdkCall call = new JdkCall((HttpClient) client, request, passage, cookies);
        return new Object[] {null, masking(handler, call), guarded, call, ShownBody.in(request, call)};
    }

    private static Object[] instead(CompletableFuture<?> future) {
        return new Object[] {future, null, null, null, null};
    }

    static @Nullable CompletableFuture<?> sentAsync(
            Object[] entered, @Nullable CompletableFuture<?> returned, @Nullable Throwable thrown) {
        if (entered[0] != null) {
            return (CompletableFuture<?>) entered[0];
        }
        JdkCall call = (JdkCall) entered[3];
        if (returned == null) {
            call.latest().passage().failed(thrown);
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
            call.sending();
        }
    }

    /**
     * The client asks for an answer to {@code request}.
     *
     * @return the failed future of one that is sent again and refused; {@code null}: go on
     */
    static @Nullable CompletableFuture<?> exchanging(@Nullable HttpRequest request) {
        JdkCall call = request == null ? null : JdkCall.of(request);
        if (request == null || call == null || !call.isSent()) {
            return null;
        }
        try {
            OutgoingRequest direct =
                    JdkRequest.of(request.uri(), request.method(), request).with(PublishedBody.again(request));
            call.goesOn(request, asSent(call.client(), request, call.cookies(), direct));
            return null;
        } catch (RefusedException e) {
            return CompletableFuture.failedFuture(HttpRefusals.exception(e.refusal()));
        } catch (IOException noCookies) {
            return CompletableFuture.failedFuture(noCookies);
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
        SaidCookies cookies = call == null ? null : call.cookies();
        if (cookies != null) {
            cookies.next();
        }
        OutgoingRequest outgoing = call == null ? direct : asSent(call.client(), next, cookies, direct);
        try {
            if (call == null) {
                GATE.refuse(outgoing, "redirect", "this redirect belongs to no call that was admitted");
            } else {
                call.redirected(next, outgoing);
            }
        } catch (RefusedException e) {
            throw HttpRefusals.exception(e.refusal());
        }
    }

    /** An answer that had to pass a handler of ours is recorded by that. */
    static void report(
            JdkCall call, @Nullable Object handler, @Nullable HttpResponse<?> response, @Nullable Throwable failure) {
        JdkCall.Hop hop = call.latest();
        if (response == null) {
            hop.passage().failed(failure);
        } else if (!(handler instanceof MaskingHandler) || hop.isFree()) {
            MaskedAnswer.of(
                    hop.passage(),
                    hop.method(),
                    hop.sent(),
                    response.statusCode(),
                    name -> FieldValues.joined(response.headers().allValues(name)),
                    false);
        }
    }

    /** It is known only when the answer comes whether anything has to be done to it; meanwhile, the handler leads to the call. */
    private static @Nullable BodyHandler<?> masking(@Nullable BodyHandler<?> handler, JdkCall call) {
        return handler == null ? null : new MaskingHandler<>(handler, call);
    }
}
