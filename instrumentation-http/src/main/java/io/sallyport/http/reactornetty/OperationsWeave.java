package io.sallyport.http.reactornetty;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;

/** {@code HttpClientOperations}: one request and its answer on a connection. */
final class OperationsWeave implements WeavePoint {

    static final String TYPE = "reactor.netty.http.client.HttpClientOperations";

    private static final String PACKAGE = "io.sallyport.http.reactornetty.";

    @Override
    public ElementMatcher<? super TypeDescription> types() {
        return named(TYPE);
    }

    @Override
    public void weave(Weave weave) {
        weave.state()
                .must(named("beforeMarkSentHeaders"), PACKAGE + "HeadersAdvice")
                .must(named("onInboundNext").and(takesArguments(2)), PACKAGE + "InboundAdvice");
    }
}
