package io.sallyport.http.apache5;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArgument;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import java.io.IOException;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;

/** {@code DefaultHttpRequestRetryStrategy}: a refusal is nothing to try again. */
final class RetryStrategyWeave implements WeavePoint {

    static final String TYPE = "org.apache.hc.client5.http.impl.DefaultHttpRequestRetryStrategy";

    private static final String PACKAGE = "io.sallyport.http.apache5.";

    @Override
    public ElementMatcher<? super TypeDescription> types() {
        return named(TYPE);
    }

    @Override
    public void weave(Weave weave) {
        weave.call(named("retryRequest").and(takesArgument(1, IOException.class)), PACKAGE + "RetryAdvice");
    }
}
