package io.sallyport.http.jdk;

import static io.sallyport.weaving.match.Matchers.named;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/**
 * {@code jdk.internal.net.http.MultiExchange}: all requests of one call. It has the handler that we gave it, and the client's own object
 * of the first request, which every later one is made of.
 */
final class ExchangeWeave implements WeavePoint {

    static final String TYPE = "jdk.internal.net.http.MultiExchange";

    @Override
    public Match<? super TypeInfo> types() {
        return named(TYPE);
    }

    @Override
    public void weave(Weave weave) {
        weave.must(named("responseAsync"), "io.sallyport.http.jdk.ExchangeAdvice");
    }
}
