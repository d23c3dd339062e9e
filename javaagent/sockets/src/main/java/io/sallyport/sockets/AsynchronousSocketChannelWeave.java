package io.sallyport.sockets;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArgument;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import java.net.SocketAddress;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;

/**
 * {@code sun.nio.ch.AsynchronousSocketChannelImpl}: both forms of {@code connect}, above the implementations for Unix
 * ({@code UnixAsynchronousSocketChannelImpl}) and Windows.
 */
final class AsynchronousSocketChannelWeave implements WeavePoint {

    static final String TYPE = "sun.nio.ch.AsynchronousSocketChannelImpl";

    @Override
    public ElementMatcher<? super TypeDescription> types() {
        return named(TYPE);
    }

    @Override
    public void weave(Weave weave) {
        weave.call(named("connect").and(takesArgument(0, SocketAddress.class)), ConnectedAdvice.NAME);
    }
}
