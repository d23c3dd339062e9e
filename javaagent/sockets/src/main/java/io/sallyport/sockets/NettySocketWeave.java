package io.sallyport.sockets;

import static io.sallyport.weaving.match.Matchers.nameEndsWith;
import static io.sallyport.weaving.match.Matchers.named;
import static io.sallyport.weaving.match.Matchers.takesArguments;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.TypeInfo;
import java.net.SocketAddress;

/**
 * {@code io.netty.channel.unix.Socket}, wherever it was relocated to: Netty's native transports (epoll, kqueue) make their system calls
 * themselves, so that no class of the JDK sees them. gRPC ships its own copy and prefers it on Linux.
 */
final class NettySocketWeave implements WeavePoint {

    // Without the first part, or packaging would rename it.
    static final String TYPE = "netty.channel.unix.Socket";

    @Override
    public Match<? super TypeInfo> types() {
        return nameEndsWith(TYPE);
    }

    @Override
    public void weave(Weave weave) {
        weave.must(named("connect").and(takesArguments(SocketAddress.class)), NettyConnectAdvice.NAME);
    }
}
