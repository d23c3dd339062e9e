package io.sallyport.http.asynchttpclient;

import static io.sallyport.weaving.match.Matchers.named;
import static io.sallyport.weaving.match.Matchers.takesArguments;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;

/** {@code NettyChannelConnector}: opens the channel of a request, to one address after the other. */
final class ConnectorWeave implements WeavePoint {

    static final String TYPE = "org.asynchttpclient.netty.channel.NettyChannelConnector";

    @Override
    public Match<? super TypeInfo> types() {
        return named(TYPE);
    }

    @Override
    public void weave(Weave weave) {
        weave.must(named("connect0").and(takesArguments(3)), "io.sallyport.http.asynchttpclient.ConnectAdvice");
    }
}
