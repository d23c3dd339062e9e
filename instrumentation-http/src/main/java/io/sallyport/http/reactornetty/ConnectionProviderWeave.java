package io.sallyport.http.reactornetty;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;

/** {@code HttpConnectionProvider}: asks a pool for the connection of one request. */
final class ConnectionProviderWeave implements WeavePoint {

    static final String TYPE = "reactor.netty.http.client.HttpConnectionProvider";

    private static final String PACKAGE = "io.sallyport.http.reactornetty.";

    @Override
    public ElementMatcher<? super TypeDescription> types() {
        return named(TYPE);
    }

    @Override
    public void weave(Weave weave) {
        weave.must(named("acquire").and(takesArguments(4)), PACKAGE + "AcquireAdvice");
    }
}
