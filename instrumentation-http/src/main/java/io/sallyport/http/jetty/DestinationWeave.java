package io.sallyport.http.jetty;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArgument;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;

/** {@code HttpDestination}: the queue of exchanges with one server. */
final class DestinationWeave implements WeavePoint {

    static final String TYPE = "org.eclipse.jetty.client.transport.HttpDestination";

    private static final String PACKAGE = "io.sallyport.http.jetty.";

    @Override
    public ElementMatcher<? super TypeDescription> types() {
        return named(TYPE);
    }

    @Override
    public void weave(Weave weave) {
        weave.must(
                named("send").and(takesArgument(0, named("org.eclipse.jetty.client.transport.HttpExchange"))),
                PACKAGE + "SendAdvice");
    }
}
