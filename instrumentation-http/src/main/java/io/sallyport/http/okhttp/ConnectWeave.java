package io.sallyport.http.okhttp;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;

/** {@code ConnectInterceptor}: the last step before a connection is looked for. */
final class ConnectWeave implements WeavePoint {

    static final String TYPE = "okhttp3.internal.connection.ConnectInterceptor";

    private static final String PACKAGE = "io.sallyport.http.okhttp.";

    @Override
    public ElementMatcher<? super TypeDescription> types() {
        return named(TYPE);
    }

    @Override
    public void weave(Weave weave) {
        weave.must(named("intercept").and(takesArguments(1)), PACKAGE + "ConnectAdvice");
    }
}
