package io.sallyport.http.apache5;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArgument;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;

/**
 * The asynchronous clients without a chain of handlers, and the connections that are leased from one to send requests over them.
 */
final class MinimalAsyncWeave implements WeavePoint {

    static final String TYPE = "org.apache.hc.client5.http.impl.async.MinimalHttpAsyncClient";
    static final String HTTP2 = "org.apache.hc.client5.http.impl.async.MinimalH2AsyncClient";

    private static final String PACKAGE = "io.sallyport.http.apache5.";

    @Override
    public ElementMatcher<? super TypeDescription> types() {
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
