package io.sallyport.http.reactornetty;

import static net.bytebuddy.matcher.ElementMatchers.named;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;

/** {@code HttpClientConnect.HttpClientHandler}: knows method and URI of the requests of one call. */
final class ClientHandlerWeave implements WeavePoint {

    static final String TYPE = "reactor.netty.http.client.HttpClientConnect$HttpClientHandler";

    private static final String PACKAGE = "io.sallyport.http.reactornetty.";

    @Override
    public ElementMatcher<? super TypeDescription> types() {
        return named(TYPE);
    }

    @Override
    public void weave(Weave weave) {
        weave.state().must(named("requestWithBody"), PACKAGE + "RequestAdvice");
    }
}
