package io.sallyport.http.asynchttpclient;

import static io.sallyport.weaving.match.Matchers.named;
import static io.sallyport.weaving.match.Matchers.takesArguments;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** {@code Http2Handler}, since 3.0.8: the end of the pipeline of every stream of HTTP/2, where frames arrive and no HTTP messages. */
final class Http2HandlerWeave implements WeavePoint {

    static final String TYPE = "org.asynchttpclient.netty.handler.Http2Handler";

    @Override
    public Match<? super TypeInfo> types() {
        return named(TYPE);
    }

    @Override
    public void weave(Weave weave) {
        weave.must(named("handleRead").and(takesArguments(3)), "io.sallyport.http.asynchttpclient.FrameAdvice");
    }
}
