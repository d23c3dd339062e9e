package io.sallyport.http.apache5;

import static io.sallyport.weaving.match.Matchers.named;
import static io.sallyport.weaving.match.Matchers.takesArguments;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** {@code ConnectExec}: takes a connection from the pool. */
final class ConnectExecWeave implements WeavePoint {

    static final String TYPE = "org.apache.hc.client5.http.impl.classic.ConnectExec";

    private static final String PACKAGE = "io.sallyport.http.apache5.";

    @Override
    public Match<? super TypeInfo> types() {
        return named(TYPE);
    }

    @Override
    public void weave(Weave weave) {
        weave.must(named("execute").and(takesArguments(3)), PACKAGE + "ConnectAdvice");
    }
}
