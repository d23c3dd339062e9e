package io.sallyport.http.connect;

import static io.sallyport.weaving.match.Matchers.named;
import static io.sallyport.weaving.match.Matchers.takesArguments;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** {@code AbstractIOReactorBase} of HttpCore 5: passes a connect to one of its workers. A client has a reactor of its own, known when it starts. */
final class ReactorIoWeave implements WeavePoint {

    static final String TYPE = "org.apache.hc.core5.reactor.AbstractIOReactorBase";

    private static final String PACKAGE = "io.sallyport.http.connect.";

    @Override
    public Match<? super TypeInfo> types() {
        return named(TYPE);
    }

    @Override
    public void weave(Weave weave) {
        weave.must(named("connect").and(takesArguments(6)), PACKAGE + "ResumeThisAdvice");
    }
}
