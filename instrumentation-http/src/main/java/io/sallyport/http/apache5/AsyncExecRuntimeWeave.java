package io.sallyport.http.apache5;

import static io.sallyport.weaving.match.Matchers.named;
import static io.sallyport.weaving.match.Matchers.takesArguments;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** The asynchronous runtimes: one object for each call. */
final class AsyncExecRuntimeWeave implements WeavePoint {

    static final String TYPE = "org.apache.hc.client5.http.impl.async.InternalHttpAsyncExecRuntime";
    static final String HTTP2 = "org.apache.hc.client5.http.impl.async.InternalH2AsyncExecRuntime";

    @Override
    public Match<? super TypeInfo> types() {
        return named(TYPE).or(named(HTTP2));
    }

    @Override
    public void weave(Weave weave) {
        weave.state().must(named("execute").and(takesArguments(3)), "io.sallyport.http.apache5.AsyncRuntimeAdvice");
    }
}
