package io.sallyport.http.tls;

import static io.sallyport.weaving.match.Matchers.named;
import static io.sallyport.weaving.match.Matchers.takesArguments;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** {@code sun.security.ssl.SSLEngineImpl}: every way to wrap leads through the one with four arguments. */
final class EngineWeave implements WeavePoint {

    static final String TYPE = "sun.security.ssl.SSLEngineImpl";

    @Override
    public Match<? super TypeInfo> types() {
        return named(TYPE);
    }

    @Override
    public void weave(Weave weave) {
        weave.must(named("wrap").and(takesArguments(4)), "io.sallyport.http.tls.EngineWrapAdvice");
    }
}
