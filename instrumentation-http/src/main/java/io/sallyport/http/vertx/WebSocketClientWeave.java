package io.sallyport.http.vertx;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArgument;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;

/** {@code WebSocketClientImpl}: every handshake passes its {@code webSocket} with a promise. */
final class WebSocketClientWeave implements WeavePoint {

    static final String TYPE = "io.vertx.core.http.impl.WebSocketClientImpl";

    private static final String PACKAGE = "io.sallyport.http.vertx.";

    @Override
    public ElementMatcher<? super TypeDescription> types() {
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
