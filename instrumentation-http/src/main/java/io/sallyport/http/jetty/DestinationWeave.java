package io.sallyport.http.jetty;

import static io.sallyport.weaving.match.Matchers.named;
import static io.sallyport.weaving.match.Matchers.takesArgument;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** {@code HttpDestination}: the queue of exchanges with one server. */
final class DestinationWeave implements WeavePoint {

    static final String TYPE = "org.eclipse.jetty.client.transport.HttpDestination";

    private static final String PACKAGE = "io.sallyport.http.jetty.";

    @Override
    public Match<? super TypeInfo> types() {
        return named(TYPE);
    }

    @Override
    public void weave(Weave weave) {
        weave.must(
                named("send").and(takesArgument(0, named("org.eclipse.jetty.client.transport.HttpExchange"))),
                PACKAGE + "SendAdvice");
    }
}
