package io.sallyport.http.reactornetty;

import static io.sallyport.weaving.match.Matchers.named;
import static io.sallyport.weaving.match.Matchers.takesArgument;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** {@code HttpClientConnect.MonoHttpConnect}: the publisher behind every call. */
final class MonoConnectWeave implements WeavePoint {

    static final String TYPE = "reactor.netty.http.client.HttpClientConnect$MonoHttpConnect";

    private static final String PACKAGE = "io.sallyport.http.reactornetty.";

    @Override
    public Match<? super TypeInfo> types() {
        return named(TYPE);
    }

    @Override
    public void weave(Weave weave) {
        weave.must(
                named("subscribe").and(takesArgument(0, named("reactor.core.CoreSubscriber"))),
                PACKAGE + "SubscribeAdvice");
    }
}
