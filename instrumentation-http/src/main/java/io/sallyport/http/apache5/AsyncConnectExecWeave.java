package io.sallyport.http.apache5;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;

/** {@code AsyncConnectExec}: takes a connection from the pool. */
final class AsyncConnectExecWeave implements WeavePoint {

    static final String TYPE = "org.apache.hc.client5.http.impl.async.AsyncConnectExec";

    private static final String PACKAGE = "io.sallyport.http.apache5.";

    @Override
    public ElementMatcher<? super TypeDescription> types() {
        return named(TYPE);
    }

    @Override
    public void weave(Weave weave) {
        weave.must(named("execute").and(takesArguments(5)), PACKAGE + "AsyncConnectAdvice");
    }
}
