package io.sallyport.http.tls;

import static io.sallyport.weaving.match.Matchers.named;
import static io.sallyport.weaving.match.Matchers.takesArguments;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** Jetty, which makes an engine without its peer's name where sessions are not to be cached. */
final class JettyEngineWeave implements WeavePoint {

    static final String TYPE = "org.eclipse.jetty.util.ssl.SslContextFactory";

    @Override
    public Match<? super TypeInfo> types() {
        return named(TYPE);
    }

    @Override
    public void weave(Weave weave) {
        weave.must(
                named("newSSLEngine").and(takesArguments(String.class, int.class)),
                "io.sallyport.http.tls.JettyEngineAdvice");
    }
}
