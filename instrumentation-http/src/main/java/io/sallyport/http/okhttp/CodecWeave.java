package io.sallyport.http.okhttp;

import static io.sallyport.weaving.match.Matchers.named;
import static io.sallyport.weaving.match.Matchers.namedOneOf;
import static io.sallyport.weaving.match.Matchers.takesArguments;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** What encodes a request for its connection, for each version of HTTP and under the names that it had since OkHttp 3.4. */
final class CodecWeave implements WeavePoint {

    static final String[] TYPES = {
        "okhttp3.internal.http.Http1xStream",
        "okhttp3.internal.http.Http2xStream",
        "okhttp3.internal.http1.Http1Codec",
        "okhttp3.internal.http2.Http2Codec",
        "okhttp3.internal.http1.Http1ExchangeCodec",
        "okhttp3.internal.http2.Http2ExchangeCodec"
    };

    static boolean isOfHttp1(String type) {
        return type.startsWith("okhttp3.internal.http1.") || type.equals(TYPES[0]);
    }

    @Override
    public Match<? super TypeInfo> types() {
        return namedOneOf(TYPES);
    }

    @Override
    public void weave(Weave weave) {
        weave.call(named("createRequestBody").and(takesArguments(2)), "io.sallyport.http.okhttp.BodyAdvice");
    }
}
