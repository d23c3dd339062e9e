package io.sallyport.http.apache4;

import static io.sallyport.weaving.match.Matchers.named;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** {@code DefaultHttpRequestRetryHandler}: a refusal is nothing to try again. */
final class RetryHandlerWeave implements WeavePoint {

    static final String TYPE = "org.apache.http.impl.client.DefaultHttpRequestRetryHandler";

    private static final String PACKAGE = "io.sallyport.http.apache4.";

    @Override
    public Match<? super TypeInfo> types() {
        return named(TYPE);
    }

    @Override
    public void weave(Weave weave) {
        weave.call(named("retryRequest"), PACKAGE + "RetryAdvice");
    }
}
