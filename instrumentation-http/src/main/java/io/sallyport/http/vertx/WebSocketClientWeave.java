package io.sallyport.http.vertx;

import static io.sallyport.weaving.match.Matchers.named;
import static io.sallyport.weaving.match.Matchers.takesArgument;
import static io.sallyport.weaving.match.Matchers.takesArguments;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** {@code WebSocketClientImpl}: every handshake passes its {@code webSocket} with a promise. */
final class WebSocketClientWeave implements WeavePoint {

    static final String TYPE = "io.vertx.core.http.impl.WebSocketClientImpl";

    private static final String PACKAGE = "io.sallyport.http.vertx.";

    @Override
    public Match<? super TypeInfo> types() {
        return named(TYPE);
    }

    @Override
    public void weave(Weave weave) {
        weave.state()
                .must(
                        named("webSocket").and(takesArguments(3)).and(takesArgument(2, named("io.vertx.core.Promise"))),
                        PACKAGE + "WebSocketAdvice")
                .must(named("doShutdown"), PACKAGE + "CloseAdvice")
                .must(named("doClose"), PACKAGE + "CloseAdvice");
    }
}
