package io.sallyport.sockets;

import io.sallyport.weaving.ClassFilter;
import io.sallyport.weaving.WeaveModule;
import io.sallyport.weaving.WeavePoint;
import java.util.List;

/** The JDK's kinds of TCP connection besides {@code java.net.Socket}, which {@link RelayModule} weaves. {@code DatagramSocket} and Unix domain sockets are not looked at. */
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
                SocketDispatcherWeave.TYPE);
    }

    @Override
    public List<WeavePoint> points() {
        return List.of(
                new SocketChannelWeave(),
                new AsynchronousSocketChannelWeave(),
                new NetWeave(),
                new SocketDispatcherWeave());
    }
}
