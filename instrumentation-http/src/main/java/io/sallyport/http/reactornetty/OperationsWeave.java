package io.sallyport.http.reactornetty;

import static io.sallyport.weaving.match.Matchers.named;
import static io.sallyport.weaving.match.Matchers.takesArguments;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** {@code HttpClientOperations}: one request and its answer on a connection. */
final class OperationsWeave implements WeavePoint {

    static final String TYPE = "reactor.netty.http.client.HttpClientOperations";

    private static final String PACKAGE = "io.sallyport.http.reactornetty.";

    @Override
    public Match<? super TypeInfo> types() {
        return named(TYPE);
    }

    @Override
    public void weave(Weave weave) {
        weave.state()
                .must(named("beforeMarkSentHeaders"), PACKAGE + "HeadersAdvice")
                .must(named("onInboundNext").and(takesArguments(2)), PACKAGE + "InboundAdvice");
    }
}
