package io.sallyport.http.apache5;

import static io.sallyport.weaving.match.Matchers.named;
import static io.sallyport.weaving.match.Matchers.takesArgument;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;
import java.io.IOException;

/** {@code DefaultHttpRequestRetryStrategy}: a refusal is nothing to try again. */
final class RetryStrategyWeave implements WeavePoint {

    static final String TYPE = "org.apache.hc.client5.http.impl.DefaultHttpRequestRetryStrategy";

    private static final String PACKAGE = "io.sallyport.http.apache5.";

    @Override
    public Match<? super TypeInfo> types() {
        return named(TYPE);
    }

    @Override
    public void weave(Weave weave) {
        weave.call(named("retryRequest").and(takesArgument(1, IOException.class)), PACKAGE + "RetryAdvice");
    }
}
