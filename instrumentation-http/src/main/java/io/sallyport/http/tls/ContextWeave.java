package io.sallyport.http.tls;

import static io.sallyport.weaving.match.Matchers.named;
import static io.sallyport.weaving.match.Matchers.takesArguments;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** {@code sun.security.ssl.SSLContextImpl}: whose trust managers a context has, and its engines. */
final class ContextWeave implements WeavePoint {

    static final String TYPE = "sun.security.ssl.SSLContextImpl";

    @Override
    public Match<? super TypeInfo> types() {
        return named(TYPE);
    }

    @Override
    public void weave(Weave weave) {
        weave.call(named("engineInit").and(takesArguments(3)), "io.sallyport.http.tls.ContextInitAdvice");
        weave.must(named("engineCreateSSLEngine"), "io.sallyport.http.tls.EngineMadeAdvice");
    }
}
