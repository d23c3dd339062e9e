package io.sallyport.http.asynchttpclient;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;

/** {@code NettyResponseFuture}: one call, over all its requests. */
final class ResponseFutureWeave implements WeavePoint {

    static final String TYPE = "org.asynchttpclient.netty.NettyResponseFuture";

    private static final String PACKAGE = "io.sallyport.http.asynchttpclient.";

    @Override
    public ElementMatcher<? super TypeDescription> types() {
        return named(TYPE);
    }

    @Override
    public void weave(Weave weave) {
        weave.state()
                .must(named("cancel").and(takesArguments(1)), PACKAGE + "CancelAdvice")
                .must(named("abort").and(takesArguments(1)), PACKAGE + "AbortAdvice");
    }
}
