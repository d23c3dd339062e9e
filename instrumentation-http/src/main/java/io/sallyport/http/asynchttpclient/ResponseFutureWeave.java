package io.sallyport.http.asynchttpclient;

import static io.sallyport.weaving.match.Matchers.named;
import static io.sallyport.weaving.match.Matchers.takesArguments;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** {@code NettyResponseFuture}: one call, over all its requests. */
final class ResponseFutureWeave implements WeavePoint {

    static final String TYPE = "org.asynchttpclient.netty.NettyResponseFuture";

    private static final String PACKAGE = "io.sallyport.http.asynchttpclient.";

    @Override
    public Match<? super TypeInfo> types() {
        return named(TYPE);
    }

    @Override
    public void weave(Weave weave) {
        weave.state()
                .must(named("cancel").and(takesArguments(1)), PACKAGE + "CancelAdvice")
                .must(named("abort").and(takesArguments(1)), PACKAGE + "AbortAdvice");
    }
}
