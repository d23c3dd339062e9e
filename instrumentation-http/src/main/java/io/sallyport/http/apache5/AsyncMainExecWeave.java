package io.sallyport.http.apache5;

import static io.sallyport.weaving.match.Matchers.named;
import static io.sallyport.weaving.match.Matchers.takesArguments;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** The asynchronous handlers that write a request to its connection, one for each version of HTTP. */
final class AsyncMainExecWeave implements WeavePoint {

    static final String TYPE = "org.apache.hc.client5.http.impl.async.HttpAsyncMainClientExec";
    static final String HTTP2 = "org.apache.hc.client5.http.impl.async.H2AsyncMainClientExec";

    private static final String PACKAGE = "io.sallyport.http.apache5.";

    @Override
    public Match<? super TypeInfo> types() {
        return named(TYPE).or(named(HTTP2));
    }

    @Override
    public void weave(Weave weave) {
        weave.must(named("execute").and(takesArguments(5)), PACKAGE + "AsyncMainAdvice");
    }
}
