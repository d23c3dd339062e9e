package io.sallyport.sockets;

import static io.sallyport.weaving.match.Matchers.named;
import static io.sallyport.weaving.match.Matchers.takesArgument;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;
import java.net.SocketAddress;

/**
 * {@code sun.nio.ch.AsynchronousSocketChannelImpl}: both forms of {@code connect}, above the implementations for Unix
 * ({@code UnixAsynchronousSocketChannelImpl}) and Windows.
 */
final class AsynchronousSocketChannelWeave implements WeavePoint {

    static final String TYPE = "sun.nio.ch.AsynchronousSocketChannelImpl";

    @Override
    public Match<? super TypeInfo> types() {
        return named(TYPE);
    }

    @Override
    public void weave(Weave weave) {
        weave.call(named("connect").and(takesArgument(0, SocketAddress.class)), ConnectedAdvice.NAME);
    }
}
