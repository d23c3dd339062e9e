package io.sallyport.http.connect;

import static io.sallyport.weaving.match.Matchers.named;
import static io.sallyport.weaving.match.Matchers.takesArguments;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** {@code SingleCoreIOReactor} of HttpCore 5, a worker of one reactor: takes a connect, and makes it on its own thread. */
final class WorkerWeave implements WeavePoint {

    static final String TYPE = "org.apache.hc.core5.reactor.SingleCoreIOReactor";

    private static final String PACKAGE = "io.sallyport.http.connect.";

    @Override
    public Match<? super TypeInfo> types() {
        return named(TYPE);
    }

    @Override
    public void weave(Weave weave) {
        weave.must(named("connect").and(takesArguments(6)), PACKAGE + "HandThisAdvice")
                .must(named("processConnectionRequest").and(takesArguments(2)), PACKAGE + "ResumeThisAdvice");
    }
}
