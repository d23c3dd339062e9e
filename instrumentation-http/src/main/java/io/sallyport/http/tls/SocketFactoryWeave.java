package io.sallyport.http.tls;

import static io.sallyport.weaving.match.Matchers.named;
import static io.sallyport.weaving.match.Matchers.takesArgument;
import static io.sallyport.weaving.match.Matchers.takesArguments;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** {@code sun.security.ssl.SSLSocketFactoryImpl}: layers TLS over a connected socket, which may lead to a proxy. */
final class SocketFactoryWeave implements WeavePoint {

    static final String TYPE = "sun.security.ssl.SSLSocketFactoryImpl";

    @Override
    public Match<? super TypeInfo> types() {
        return named(TYPE);
    }

    @Override
    public void weave(Weave weave) {
        weave.must(
                named("createSocket").and(takesArguments(4)).and(takesArgument(0, named("java.net.Socket"))),
                "io.sallyport.http.tls.LayeredSocketAdvice");
    }
}
