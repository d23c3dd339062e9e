package io.sallyport.http.asynchttpclient;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;

/** {@code AsyncHttpClientHandler}: the end of every channel's pipeline. */
final class ChannelHandlerWeave implements WeavePoint {

    static final String TYPE = "org.asynchttpclient.netty.handler.AsyncHttpClientHandler";

    @Override
    public ElementMatcher<? super TypeDescription> types() {
        return named(TYPE);
    }

    @Override
    public void weave(Weave weave) {
        weave.must(named("channelRead").and(takesArguments(2)), "io.sallyport.http.asynchttpclient.ReadAdvice");
    }
}
