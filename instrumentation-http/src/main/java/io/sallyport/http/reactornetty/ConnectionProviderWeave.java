package io.sallyport.http.reactornetty;

import static io.sallyport.weaving.match.Matchers.named;
import static io.sallyport.weaving.match.Matchers.takesArguments;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** {@code HttpConnectionProvider}: asks a pool for the connection of one request. */
final class ConnectionProviderWeave implements WeavePoint {

    static final String TYPE = "reactor.netty.http.client.HttpConnectionProvider";

    private static final String PACKAGE = "io.sallyport.http.reactornetty.";

    @Override
    public Match<? super TypeInfo> types() {
        return named(TYPE);
    }

    @Override
    public void weave(Weave weave) {
        weave.must(named("acquire").and(takesArguments(4)), PACKAGE + "AcquireAdvice");
    }
}
