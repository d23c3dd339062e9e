package io.sallyport.http.vertx;

import static io.sallyport.weaving.match.Matchers.named;
import static io.sallyport.weaving.match.Matchers.not;
import static io.sallyport.weaving.match.Matchers.takesArguments;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/**
 * {@code HttpClientImpl}: asks its pools for the connection of each request.
 *
 * @param since51 in which of its two shapes
 */
record ClientWeave(boolean since51) implements WeavePoint {

    static final String TYPE = "io.vertx.core.http.impl.HttpClientImpl";

    private static final String PACKAGE = "io.sallyport.http.vertx.";

    @Override
    public Match<? super TypeInfo> types() {
        Match<TypeInfo> type = named(TYPE);
        return type.and(since51 ? Since51.CLIENT : not(Since51.CLIENT));
    }

    @Override
    public void weave(Weave weave) {
        weave.state()
                .must(
                        named("request").and(takesArguments(1)),
                        PACKAGE + (since51 ? "Request51Advice" : "RequestAdvice"))
                .must(
                        named("connect").and(takesArguments(1)),
                        PACKAGE + (since51 ? "Connect51Advice" : "ConnectAdvice"))
                .must(named("doShutdown"), PACKAGE + "CloseAdvice")
                .must(named("doClose"), PACKAGE + "CloseAdvice");
    }
}
