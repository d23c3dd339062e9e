package io.sallyport.http.asynchttpclient;

import static io.sallyport.weaving.match.Matchers.named;
import static io.sallyport.weaving.match.Matchers.takesArgument;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/**
 * {@code ChannelManager}: has an {@code SslEngineFactory}, which may be the application's, make the engine of each connection. Engines are made
 * without their peer's name where names are not to be verified.
 */
final class ChannelManagerWeave implements WeavePoint {

    static final String TYPE = "org.asynchttpclient.netty.channel.ChannelManager";

    @Override
    public Match<? super TypeInfo> types() {
        return named(TYPE);
    }

    @Override
    public void weave(Weave weave) {
        // Since 3.0.11 there is a third argument.
        weave.must(
                named("createSslHandler").and(takesArgument(0, String.class)).and(takesArgument(1, int.class)),
                "io.sallyport.http.asynchttpclient.SslHandlerAdvice");
    }
}
