package io.sallyport.http.apache5;

import static io.sallyport.weaving.match.Matchers.named;
import static io.sallyport.weaving.match.Matchers.takesArgument;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** {@code InternalExecRuntime}: runs the requests of one call, those of the minimal client too. */
final class ExecRuntimeWeave implements WeavePoint {

    static final String TYPE = "org.apache.hc.client5.http.impl.classic.InternalExecRuntime";

    private static final String PACKAGE = "io.sallyport.http.apache5.";

    @Override
    public Match<? super TypeInfo> types() {
        return named(TYPE);
    }

    @Override
    public void weave(Weave weave) {
        weave.state()
                .must(named("acquireEndpoint"), PACKAGE + "EndpointAdvice")
                .must(
                        named("execute").and(takesArgument(1, named("org.apache.hc.core5.http.ClassicHttpRequest"))),
                        PACKAGE + "ExecuteAdvice")
                .must(named("markConnectionReusable"), PACKAGE + "ReuseAdvice")
                .must(named("markConnectionNonReusable"), PACKAGE + "ReuseAdvice");
    }
}
