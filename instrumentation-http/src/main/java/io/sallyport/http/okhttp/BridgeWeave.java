package io.sallyport.http.okhttp;

import static io.sallyport.weaving.match.Matchers.named;
import static io.sallyport.weaving.match.Matchers.takesArguments;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** {@code BridgeInterceptor}: the first step below the interceptors of the application. */
final class BridgeWeave implements WeavePoint {

    static final String TYPE = "okhttp3.internal.http.BridgeInterceptor";

    private static final String PACKAGE = "io.sallyport.http.okhttp.";

    @Override
    public Match<? super TypeInfo> types() {
        return named(TYPE);
    }

    @Override
    public void weave(Weave weave) {
        weave.must(named("intercept").and(takesArguments(1)), PACKAGE + "BridgeAdvice");
    }
}
