package io.sallyport.http.apache5;

import static io.sallyport.weaving.match.Matchers.named;
import static io.sallyport.weaving.match.Matchers.takesArguments;
import static io.sallyport.weaving.match.Matchers.takesNoArguments;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** The asynchronous clients: what they have in common, and which of them a call's runtime belongs to. */
final class AsyncClientWeave implements WeavePoint {

    static final String BASE = "org.apache.hc.client5.http.impl.async.AbstractHttpAsyncClientBase";
    static final String TYPE = "org.apache.hc.client5.http.impl.async.InternalHttpAsyncClient";
    static final String HTTP2 = "org.apache.hc.client5.http.impl.async.InternalH2AsyncClient";

    private static final String PACKAGE = "io.sallyport.http.apache5.";

    @Override
    public Match<? super TypeInfo> types() {
        return named(BASE).or(named(TYPE)).or(named(HTTP2));
    }

    @Override
    public void weave(Weave weave) {
        weave.state()
                .call(named("close"), PACKAGE + "CloseAdvice")
                .call(named("start").or(named("isRunning")).and(takesNoArguments()), PACKAGE + "StartAdvice")
                .call(named("connect").and(takesArguments(6)), PACKAGE + "RawConnectAdvice")
                .call(named("createAsyncExecRuntime").and(takesArguments(1)), PACKAGE + "NewRuntimeAdvice");
    }
}
