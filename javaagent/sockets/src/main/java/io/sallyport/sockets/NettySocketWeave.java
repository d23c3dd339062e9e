package io.sallyport.sockets;

import static net.bytebuddy.matcher.ElementMatchers.nameEndsWith;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import java.net.SocketAddress;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;

/**
 * {@code io.netty.channel.unix.Socket}, wherever it was relocated to: Netty's native transports (epoll, kqueue) make their system calls
 * themselves, so that no class of the JDK sees them. gRPC ships its own copy and prefers it on Linux.
 */
final class NettySocketWeave implements WeavePoint {

    static final String TYPE = "io.netty.channel.unix.Socket";

    @Override
    public ElementMatcher<? super TypeDescription> types() {
        return nameEndsWith(TYPE);
    }

    @Override
    public void weave(Weave weave) {
        weave.must(named("connect").and(takesArguments(SocketAddress.class)), NettyConnectAdvice.NAME);
    }
}
