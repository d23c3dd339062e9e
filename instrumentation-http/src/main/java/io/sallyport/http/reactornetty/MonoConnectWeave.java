package io.sallyport.http.reactornetty;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArgument;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;

/** {@code HttpClientConnect.MonoHttpConnect}: the publisher behind every call. */
final class MonoConnectWeave implements WeavePoint {

    static final String TYPE = "reactor.netty.http.client.HttpClientConnect$MonoHttpConnect";

    private static final String PACKAGE = "io.sallyport.http.reactornetty.";

    @Override
    public ElementMatcher<? super TypeDescription> types() {
        return named(TYPE);
    }

    @Override
    public void weave(Weave weave) {
        weave.must(
                named("subscribe").and(takesArgument(0, named("reactor.core.CoreSubscriber"))),
                PACKAGE + "SubscribeAdvice");
    }
}
