package io.sallyport.http.okhttp;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;

/** {@code BridgeInterceptor}: the first step below the interceptors of the application. */
final class BridgeWeave implements WeavePoint {

    static final String TYPE = "okhttp3.internal.http.BridgeInterceptor";

    private static final String PACKAGE = "io.sallyport.http.okhttp.";

    @Override
    public ElementMatcher<? super TypeDescription> types() {
        return named(TYPE);
    }

    @Override
    public void weave(Weave weave) {
        weave.must(named("intercept").and(takesArguments(1)), PACKAGE + "BridgeAdvice");
    }
}
