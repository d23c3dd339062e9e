package io.sallyport.http.tls;

import static io.sallyport.weaving.match.Matchers.named;
import static io.sallyport.weaving.match.Matchers.takesArguments;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** Jetty's connection over TLS, whose reader does not know what its writer, or the thread before it, was told by the engine. */
final class JettyUnwrapWeave implements WeavePoint {

    static final String TYPE = "org.eclipse.jetty.io.ssl.SslConnection";

    @Override
    public Match<? super TypeInfo> types() {
        return named(TYPE);
    }

    @Override
    public void weave(Weave weave) {
        weave.call(named("unwrap").and(takesArguments(3)), "io.sallyport.http.tls.JettyUnwrapAdvice");
    }
}
