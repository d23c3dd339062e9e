package io.sallyport.http.tls;

import static io.sallyport.weaving.match.Matchers.named;
import static io.sallyport.weaving.match.Matchers.takesNoArguments;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** {@code sun.security.ssl.TransportContext}: one connection's state, of an {@code SSLSocket} or an {@code SSLEngine}. */
final class TransportContextWeave implements WeavePoint {

    static final String TYPE = "sun.security.ssl.TransportContext";

    @Override
    public Match<? super TypeInfo> types() {
        return named(TYPE);
    }

    @Override
    public void weave(Weave weave) {
        weave.must(named("finishHandshake").and(takesNoArguments()), "io.sallyport.http.tls.FinishHandshakeAdvice");
    }
}
