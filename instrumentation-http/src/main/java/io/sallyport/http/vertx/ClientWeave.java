package io.sallyport.http.vertx;

import static io.sallyport.weaving.match.Matchers.named;
import static io.sallyport.weaving.match.Matchers.takesArguments;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** {@code HttpClientImpl}: asks its pools for the connection of each request. */
final class ClientWeave implements WeavePoint {

    static final String TYPE = "io.vertx.core.http.impl.HttpClientImpl";

    private static final String PACKAGE = "io.sallyport.http.vertx.";

    @Override
    public Match<? super TypeInfo> types() {
        return named(TYPE);
    }

    @Override
    public void weave(Weave weave) {
        weave.state()
                .must(named("request").and(takesArguments(1)), PACKAGE + "RequestAdvice")
                .must(named("connect").and(takesArguments(1)), PACKAGE + "ConnectAdvice")
                .must(named("doShutdown"), PACKAGE + "CloseAdvice")
                .must(named("doClose"), PACKAGE + "CloseAdvice");
    }
}
