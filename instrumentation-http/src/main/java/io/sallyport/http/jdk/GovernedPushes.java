package io.sallyport.http.jdk;

import io.sallyport.core.verdict.Passage;
import io.sallyport.core.verdict.RefusedException;
import io.sallyport.http.HttpGate;
import io.sallyport.http.OutgoingRequest;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.PushPromiseHandler;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * What a server pushes (RFC 9113 section 8.4) is decided as a request of its own, and masked as its answer. Nobody waits for it: a push that is
 * refused, or that people would have to approve, is not offered to the application, and the client turns it down.
 */
final class GovernedPushes<T> implements PushPromiseHandler<T> {

    private final PushPromiseHandler<T> handler;
    private final HttpClient client;

    GovernedPushes(PushPromiseHandler<T> handler, HttpClient client) {
        this.handler = handler;
        this.client = client;
    }

    @Override
    public void applyPushPromise(
            HttpRequest initiating,
            HttpRequest pushed,
            Function<BodyHandler<T>, CompletableFuture<HttpResponse<T>>> acceptor) {
        OutgoingRequest decided = JdkRequest.of(pushed.uri(), pushed.method(), pushed);
        Passage passage;
        try {
            passage = HttpGate.current().follow(decided);
        } catch (RefusedException recorded) {
            return;
        }
        Push push = new Push(new JdkCall(new Asked(client, null, null), pushed, decided, passage));
        handler.applyPushPromise(initiating, pushed, body -> push.accepted(body, acceptor));
        if (!push.accepted) {
            passage.completed(-1);
        }
    }

    private static final class Push {

        private final JdkCall call;
        private boolean accepted;

        Push(JdkCall call) {
            this.call = call;
        }

        <T> CompletableFuture<HttpResponse<T>> accepted(
                BodyHandler<T> body, Function<BodyHandler<T>, CompletableFuture<HttpResponse<T>>> acceptor) {
            BodyHandler<T> masking = new MaskingHandler<>(body, call);
            CompletableFuture<HttpResponse<T>> answer = acceptor.apply(masking);
            accepted = true;
            answer.whenComplete((response, failure) -> JdkCalls.report(call, masking, response, failure));
            return answer;
        }
    }
}
