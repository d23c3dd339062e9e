package io.sallyport.http.reactornetty;

import static io.sallyport.weaving.match.Matchers.named;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** {@code HttpClientConnect.HttpClientHandler}: knows method and URI of the requests of one call. */
final class ClientHandlerWeave implements WeavePoint {

    static final String TYPE = "reactor.netty.http.client.HttpClientConnect$HttpClientHandler";

    private static final String PACKAGE = "io.sallyport.http.reactornetty.";

    @Override
    public Match<? super TypeInfo> types() {
        return named(TYPE);
    }

    @Override
    public void weave(Weave weave) {
        weave.state()
                .must(named("requestWithBody"), PACKAGE + "RequestAdvice")
                .must(named("redirect"), PACKAGE + "RedirectAdvice");
    }
}
