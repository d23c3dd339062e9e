package io.sallyport.sockets;

import static io.sallyport.weaving.match.Matchers.nameEndsWith;
import static io.sallyport.weaving.match.Matchers.named;

import io.sallyport.weaving.Weave;
import io.sallyport.weaving.WeavePoint;
import io.sallyport.weaving.match.Match;
import io.sallyport.weaving.match.Matchers;
import io.sallyport.weaving.match.TypeInfo;

/** {@code LinuxSocket} and {@code BsdSocket} below {@code io.netty.channel}, wherever that was relocated to: where Netty's native transports open a socket. */
final class NettyStreamWeave implements WeavePoint {

    // Without the first part, or packaging would rename them.
    static final String EPOLL = "netty.channel.epoll.LinuxSocket";
    static final String KQUEUE = "netty.channel.kqueue.BsdSocket";

    @Override
    public Match<? super TypeInfo> types() {
        return Matchers.<TypeInfo>nameEndsWith(EPOLL).or(nameEndsWith(KQUEUE));
    }

    @Override
    public void weave(Weave weave) {
        weave.call(named("newSocketStream"), SocketOpenedAdvice.NAME);
    }
}
