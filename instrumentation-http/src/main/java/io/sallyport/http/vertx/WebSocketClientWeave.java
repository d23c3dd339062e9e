package io.sallyport.http.vertx;

import static io.sallyport.weaving.match.Matchers.named;
import static io.sallyport.weaving.match.Matchers.not;
import static io.sallyport.weaving.match.Matchers.takesArgument;
import static io.sallyport.weaving.match.Matchers.takesArguments;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/**
 * {@code WebSocketClientImpl}: every handshake passes its {@code webSocket} with a promise.
 *
 * @param since51 in which of its two shapes
 */
record WebSocketClientWeave(boolean since51) implements WeavePoint {

    static final String TYPE = "io.vertx.core.http.impl.WebSocketClientImpl";

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
                        named("webSocket").and(takesArguments(3)).and(takesArgument(2, named("io.vertx.core.Promise"))),
                        PACKAGE + (since51 ? "WebSocket51Advice" : "WebSocketAdvice"))
                .must(named("doShutdown"), PACKAGE + "CloseAdvice")
                .must(named("doClose"), PACKAGE + "CloseAdvice");
    }
}
