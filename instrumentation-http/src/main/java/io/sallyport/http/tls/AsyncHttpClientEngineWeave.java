package io.sallyport.http.tls;

import static io.sallyport.weaving.match.Matchers.named;
import static io.sallyport.weaving.match.Matchers.takesArgument;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** AsyncHttpClient, which makes an engine without its peer's name where names are not to be verified. */
final class AsyncHttpClientEngineWeave implements WeavePoint {

    static final String TYPE = "org.asynchttpclient.netty.ssl.DefaultSslEngineFactory";

    @Override
    public Match<? super TypeInfo> types() {
        return named(TYPE);
    }

    @Override
    public void weave(Weave weave) {
        // Since 3.0.11 there is one more, with a fourth argument.
        weave.must(
                named("newSslEngine").and(takesArgument(1, String.class)).and(takesArgument(2, int.class)),
                "io.sallyport.http.tls.AsyncHttpClientEngineAdvice");
    }
}
