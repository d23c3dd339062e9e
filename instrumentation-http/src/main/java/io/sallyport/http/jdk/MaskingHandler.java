package io.sallyport.http.jdk;

import io.sallyport.core.verdict.RefusedException;
import io.sallyport.http.HttpRefusals;
import io.sallyport.http.answer.FieldValues;
import io.sallyport.http.answer.MaskedAnswer;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;

/** Puts a masker between the exchange and the caller's body subscriber, if the request that is answered is under one. */
final class MaskingHandler<T> implements BodyHandler<T> {

    private final BodyHandler<T> handler;
    private final JdkCall call;

    MaskingHandler(BodyHandler<T> handler, JdkCall call) {
        this.handler = handler;
        this.call = call;
    }

    JdkCall call() {
        return call;
    }

    @Override
    public BodySubscriber<T> apply(ResponseInfo info) {
        if (call.requests.isFree()) {
            return handler.apply(info);
        }
        MaskedAnswer answer;
        try {
            answer = call.requests.answered(
                    info.statusCode(), name -> FieldValues.joined(info.headers().allValues(name)), false);
        } catch (RefusedException refused) {
            return new RefusedSubscriber<>(HttpRefusals.exception(refused.refusal()));
        }
        return answer == null
                ? handler.apply(info)
                : new MaskingSubscriber<>(
                        handler.apply(new Truthful(info, TruthfulHeaders.masked(info.headers(), answer))),
                        answer.masker());
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
