package io.sallyport.http.jetty;

import static io.sallyport.weaving.match.Matchers.named;
import static io.sallyport.weaving.match.Matchers.takesArguments;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** {@code HttpRequest}: one request; redirects are requests of their own. */
final class RequestWeave implements WeavePoint {

    static final String TYPE = "org.eclipse.jetty.client.transport.HttpRequest";

    private static final String PACKAGE = "io.sallyport.http.jetty.";

    @Override
    public Match<? super TypeInfo> types() {
        return named(TYPE);
    }

    @Override
    public void weave(Weave weave) {
        weave.state().must(named("abort").and(takesArguments(1)), PACKAGE + "AbortAdvice");
    }
}
