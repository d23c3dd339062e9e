package io.sallyport.sockets;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import java.net.SocketAddress;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;

/**
 * {@code sun.nio.ch.SocketChannelImpl}: {@code connect} for blocking and non-blocking channels, {@code blockingConnect} for the
 * {@code Socket} that {@code channel.socket()} returns. Neither calls the other.
 */
final class SocketChannelWeave implements WeavePoint {

    static final String TYPE = "sun.nio.ch.SocketChannelImpl";

    @Override
    public ElementMatcher<? super TypeDescription> types() {
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
