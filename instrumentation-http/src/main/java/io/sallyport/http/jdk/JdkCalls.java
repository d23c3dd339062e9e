package io.sallyport.http.jdk;

import io.sallyport.core.hold.Waiter;
import io.sallyport.core.mask.BodyMaskPlan;
import io.sallyport.core.verdict.AnswerRules;
import io.sallyport.core.verdict.Passage;
import io.sallyport.core.verdict.RefusedException;
import io.sallyport.http.HttpGate;
import io.sallyport.http.HttpRefusals;
import io.sallyport.http.answer.MaskedAnswer;
import java.io.IOException;
import java.net.URI;
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
            Passage passage = GATE.admit(JdkRequest.of(request).with(body), HttpGate.session(client), waiter);
            HttpRequest sent = sent(request, body);
            return new Object[] {masking(sent, handler, passage), passage, sent};
        } catch (RefusedException e) {
            throw HttpRefusals.exception(e.refusal());
        }
    }

    static void sent(Object[] entered, @Nullable HttpResponse<?> response, @Nullable Throwable thrown) {
        report((Passage) entered[1], (HttpRequest) entered[2], entered[0], response, thrown);
    }

    static Object[] sendAsync(
            Object client, HttpRequest request, BodyHandler<?> handler, @Nullable PushPromiseHandler<?> push) {
        Passage released = HeldCall.takeRelease(request);
        if (released != null) {
            return proceed(released, request, handler, push);
        }
        PublishedBody body = PublishedBody.of(request);
        CompletableFuture<Passage> admission =
                GATE.admitAsync(JdkRequest.of(request).with(body), HttpGate.session(client));
        HttpRequest sent = sent(request, body);
        if (admission.isDone() && !admission.isCompletedExceptionally()) {
            return proceed(admission.join(), sent, handler, push);
        }
        return instead(HeldCall.of(client, sent, handler, push, admission));
    }

    private static HttpRequest sent(HttpRequest request, @Nullable PublishedBody body) {
        return body == null ? request : body.sent(request);
    }

    private static Object[] proceed(
            Passage passage, HttpRequest request, BodyHandler<?> handler, @Nullable PushPromiseHandler<?> push) {
        boolean free = passage.obligations().bodies() == BodyMaskPlan.NONE
                && passage.obligations().answers() == AnswerRules.NONE;
        PushPromiseHandler<?> guarded = push == null || free ? push : MaskingHandler.refusingPushes();
        return new Object[] {null, masking(request, handler, passage), guarded, passage, request};
    }

    private static Object[] instead(CompletableFuture<?> future) {
        return new Object[] {future, null, null, null, null};
    }

    static @Nullable CompletableFuture<?> sentAsync(
            Object[] entered, @Nullable CompletableFuture<?> returned, @Nullable Throwable thrown) {
        if (entered[0] != null) {
            return (CompletableFuture<?>) entered[0];
        }
        Passage passage = (Passage) entered[3];
        if (returned == null) {
            passage.failed(thrown);
            return null;
        }
        // The caller gets the client's own future, so that cancel and completion behave as ever.
        returned.whenComplete((response, failure) ->
                report(passage, (HttpRequest) entered[4], entered[1], (HttpResponse<?>) response, failure));
        return returned;
    }

    static void redirected(URI location, String method, HttpRequest original) throws IOException {
        try {
            GATE.follow(JdkRequest.of(location, method, original), "redirect").completed(-1);
        } catch (RefusedException e) {
            throw HttpRefusals.exception(e.refusal());
        }
    }

    /** An answer that passed a handler of ours is recorded by that. */
    private static void report(
            Passage passage,
            HttpRequest request,
            @Nullable Object handler,
            @Nullable HttpResponse<?> response,
            @Nullable Throwable failure) {
        if (response == null) {
            passage.failed(failure);
        } else if (!(handler instanceof MaskingHandler)) {
            MaskedAnswer.of(
                    passage,
                    response.request().method(),
                    MaskingHandler.length(request),
                    response.statusCode(),
                    name -> response.headers().firstValue(name).orElse(null),
                    false);
        }
    }

    private static BodyHandler<?> masking(HttpRequest request, BodyHandler<?> handler, Passage passage) {
        boolean free = passage.obligations().bodies() == BodyMaskPlan.NONE
                && passage.obligations().answers() == AnswerRules.NONE
                && passage.sampledUnder() == null;
        return free || handler == null ? handler : new MaskingHandler<>(handler, request, passage);
    }
}
