package io.sallyport.http.jdk;

import io.sallyport.core.verdict.Passage;
import io.sallyport.core.verdict.RefusedException;
import io.sallyport.http.HttpGate;
import io.sallyport.http.HttpRefusals;
import io.sallyport.http.answer.MaskedAnswer;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.PushPromiseHandler;
import java.net.http.HttpResponse.ResponseInfo;
import java.util.Locale;

/** Puts a masker between the exchange and the caller's body subscriber. */
final class MaskingHandler<T> implements BodyHandler<T> {

    private final BodyHandler<T> handler;
    private final String method;
    private final long sent;
    private final Passage passage;

    MaskingHandler(BodyHandler<T> handler, HttpRequest request, Passage passage) {
        this.passage = passage;
        this.handler = handler;
        this.method = request.method().toUpperCase(Locale.ROOT);
        this.sent = length(request);
    }

    /** Of a request's body; -1 where unknown. */
    static long length(HttpRequest request) {
        return request.bodyPublisher()
                .map(HttpRequest.BodyPublisher::contentLength)
                .orElse(-1L);
    }

    @Override
    public BodySubscriber<T> apply(ResponseInfo info) {
        try {
            HttpGate.current().answered(passage, info.statusCode());
        } catch (RefusedException refused) {
            return new RefusedSubscriber<>(HttpRefusals.exception(refused.refusal()));
        }
        MaskedAnswer answer = MaskedAnswer.of(
                passage,
                method,
                sent,
                info.statusCode(),
                name -> info.headers().firstValue(name).orElse(null),
                false);
        return answer == null
                ? handler.apply(info)
                : new MaskingSubscriber<>(
                        handler.apply(new Truthful(info, TruthfulHeaders.masked(info.headers(), answer))),
                        answer.masker());
    }

    /** A pushed response has no verdict of its own, so a call under masks takes none. */
    static PushPromiseHandler<?> refusingPushes() {
        return (initiating, pushed, acceptor) -> {};
    }

    /** Response info without the headers that masking makes untrue. */
    private record Truthful(ResponseInfo info, HttpHeaders headers) implements ResponseInfo {
        @Override
        public int statusCode() {
            return info.statusCode();
        }

        @Override
        public HttpClient.Version version() {
            return info.version();
        }
    }
}
