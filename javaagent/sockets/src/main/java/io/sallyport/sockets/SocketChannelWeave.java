package io.sallyport.sockets;

import static io.sallyport.weaving.match.Matchers.named;
import static io.sallyport.weaving.match.Matchers.takesArguments;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;
import java.net.SocketAddress;

/**
 * {@code sun.nio.ch.SocketChannelImpl}: {@code connect} for blocking and non-blocking channels, {@code blockingConnect} for the
 * {@code Socket} that {@code channel.socket()} returns. Neither calls the other.
 */
final class SocketChannelWeave implements WeavePoint {

    static final String TYPE = "sun.nio.ch.SocketChannelImpl";

    @Override
    public Match<? super TypeInfo> types() {
        return named(TYPE);
    }

    @Override
    public void weave(Weave weave) {
        weave.call(
                named("connect")
                        .and(takesArguments(SocketAddress.class))
                        .or(named("blockingConnect").and(takesArguments(SocketAddress.class, long.class))),
                ConnectedAdvice.NAME);
    }
}
