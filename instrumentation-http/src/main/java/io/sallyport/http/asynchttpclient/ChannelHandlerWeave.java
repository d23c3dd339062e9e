package io.sallyport.http.asynchttpclient;

import static io.sallyport.weaving.match.Matchers.named;
import static io.sallyport.weaving.match.Matchers.takesArguments;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** {@code AsyncHttpClientHandler}: the end of every channel's pipeline. */
final class ChannelHandlerWeave implements WeavePoint {

    static final String TYPE = "org.asynchttpclient.netty.handler.AsyncHttpClientHandler";

    @Override
    public Match<? super TypeInfo> types() {
        return named(TYPE);
    }

    @Override
    public void weave(Weave weave) {
        weave.must(named("channelRead").and(takesArguments(2)), "io.sallyport.http.asynchttpclient.ReadAdvice");
    }
}
