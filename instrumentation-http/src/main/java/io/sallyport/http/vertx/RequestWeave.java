package io.sallyport.http.vertx;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;

/** {@code HttpClientRequestImpl}: one request. */
final class RequestWeave implements WeavePoint {

    static final String TYPE = "io.vertx.core.http.impl.HttpClientRequestImpl";

    private static final String PACKAGE = "io.sallyport.http.vertx.";

    @Override
    public ElementMatcher<? super TypeDescription> types() {
        return named(TYPE);
    }

    @Override
    public void weave(Weave weave) {
        weave.state().must(named("doWrite").and(takesArguments(3)), PACKAGE + "WriteAdvice");
    }
}
