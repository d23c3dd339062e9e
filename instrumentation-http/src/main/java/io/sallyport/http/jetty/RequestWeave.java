package io.sallyport.http.jetty;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;

/** {@code HttpRequest}: one request; redirects are requests of their own. */
final class RequestWeave implements WeavePoint {

    static final String TYPE = "org.eclipse.jetty.client.transport.HttpRequest";

    private static final String PACKAGE = "io.sallyport.http.jetty.";

    @Override
    public ElementMatcher<? super TypeDescription> types() {
        return named(TYPE);
    }

    @Override
    public void weave(Weave weave) {
        weave.state().must(named("abort").and(takesArguments(1)), PACKAGE + "AbortAdvice");
    }
}
