package io.sallyport.http.apache5;

import io.sallyport.core.verdict.RefusedException;
import io.sallyport.http.HttpCall;
import io.sallyport.http.answer.MaskedAnswer;
import java.util.Arrays;
import java.util.List;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.NameValuePair;
import org.jspecify.annotations.Nullable;

/** Judges the head of an answer, and takes out of it what would no longer be true. */
final class ApacheAnswer {

    private ApacheAnswer() {}

    static @Nullable MaskedAnswer judge(HttpCall requests, HttpResponse response) throws RefusedException {
        MaskedAnswer masked = judgeOnly(requests, response);
        if (masked != null) {
            removeUntrue(masked, response);
        }
        return masked;
    }

    /** The same without taking anything out, for who has to see how long the body is that arrives: see {@link #removeUntrue}. */
    static @Nullable MaskedAnswer judgeOnly(HttpCall requests, HttpResponse response) throws RefusedException {
        return requests.answered(response.getCode(), name -> HeaderValues.joined(response, name), false);
    }

    static void removeUntrue(MaskedAnswer masked, HttpResponse response) {
        masked.untrue(Arrays.stream(response.getHeaders())
                        .map(NameValuePair::getName)
                        .toList())
                .forEach(response::removeHeaders);
    }

    /** Trailer fields without those that would no longer be true. */
    static @Nullable List<? extends Header> truthful(MaskedAnswer answer, @Nullable List<? extends Header> trailers) {
        return trailers == null
                ? null
                : trailers.stream().filter(t -> !answer.untrue(t.getName())).toList();
    }
}
