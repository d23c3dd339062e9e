package io.sallyport.http.jetty;

import static io.sallyport.weaving.match.Matchers.named;
import static io.sallyport.weaving.match.Matchers.takesArguments;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** {@code SslClientConnectionFactory}: has the application's {@code SslContextFactory} make the engine of a connection. */
final class SslFactoryWeave implements WeavePoint {

    static final String TYPE = "org.eclipse.jetty.io.ssl.SslClientConnectionFactory";

    @Override
    public Match<? super TypeInfo> types() {
        return named(TYPE);
    }

    @Override
    public void weave(Weave weave) {
        weave.must(named("newConnection").and(takesArguments(2)), "io.sallyport.http.jetty.PeerAdvice");
    }
}
