package io.sallyport.http.apache5;

import static io.sallyport.weaving.match.Matchers.named;
import static io.sallyport.weaving.match.Matchers.takesArgument;
import static io.sallyport.weaving.match.Matchers.takesArguments;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/**
 * The asynchronous clients without a chain of handlers, and the connections that are leased from one to send requests over them.
 */
final class MinimalAsyncWeave implements WeavePoint {

    static final String TYPE = "org.apache.hc.client5.http.impl.async.MinimalHttpAsyncClient";
    static final String HTTP2 = "org.apache.hc.client5.http.impl.async.MinimalH2AsyncClient";

    private static final String PACKAGE = "io.sallyport.http.apache5.";

    @Override
    public Match<? super TypeInfo> types() {
        return named(TYPE).or(named(HTTP2));
    }

    @Override
    public void weave(Weave weave) {
        weave.must(
                        named("execute")
                                .and(takesArguments(3))
                                .and(takesArgument(1, named("org.apache.hc.core5.http.nio.HandlerFactory"))),
                        PACKAGE + "MinimalExecuteAdvice")
                .call(named("lease").and(takesArguments(3)), PACKAGE + "MinimalLeaseAdvice");
    }
}
