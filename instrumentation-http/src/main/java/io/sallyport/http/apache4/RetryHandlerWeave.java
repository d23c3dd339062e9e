package io.sallyport.http.apache4;

import static net.bytebuddy.matcher.ElementMatchers.named;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;

/** {@code DefaultHttpRequestRetryHandler}: a refusal is nothing to try again. */
final class RetryHandlerWeave implements WeavePoint {

    static final String TYPE = "org.apache.http.impl.client.DefaultHttpRequestRetryHandler";

    private static final String PACKAGE = "io.sallyport.http.apache4.";

    @Override
    public ElementMatcher<? super TypeDescription> types() {
        return named(TYPE);
    }

    @Override
    public void weave(Weave weave) {
        weave.call(named("retryRequest"), PACKAGE + "RetryAdvice");
    }
}
