package io.sallyport.sockets;

import io.sallyport.weaving.ClassFilter;
import io.sallyport.weaving.WeaveModule;
import io.sallyport.weaving.WeavePoint;
import java.util.List;

/** The kinds of TCP connection besides {@code java.net.Socket}, which {@link RelayModule} weaves: the JDK's, and those of Netty's native transports. {@code DatagramSocket} and Unix domain sockets are not looked at. */
public final class SocketsModule implements WeaveModule {

    @Override
    public String name() {
        return EgressCoverage.MODULE;
    }

    @Override
    public Idiom idiom() {
        return Idiom.OBSERVE;
    }

    @Override
    public ClassFilter filter() {
        return ClassFilter.named(
                        SocketChannelWeave.TYPE,
                        AsynchronousSocketChannelWeave.TYPE,
                        NetWeave.TYPE,
                        SocketDispatcherWeave.TYPE)
                .or(ClassFilter.endingIn(NettySocketWeave.TYPE))
                .or(ClassFilter.endingIn(NettyStreamWeave.EPOLL))
                .or(ClassFilter.endingIn(NettyStreamWeave.KQUEUE));
    }

    @Override
    public List<WeavePoint> points() {
        return List.of(
                new SocketChannelWeave(),
                new AsynchronousSocketChannelWeave(),
                new NetWeave(),
                new SocketDispatcherWeave(),
                new NettySocketWeave(),
                new NettyStreamWeave());
    }
}
