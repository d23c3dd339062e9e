package io.sallyport.sockets;

import java.io.IOException;
import java.net.SocketAddress;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** {@code Socket.connect(SocketAddress)} of Netty's native transports. */
public final class NettyConnectAdvice {

    static final String NAME = "io.sallyport.sockets.NettyConnectAdvice";

    private NettyConnectAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static void enter(@Advice.This Object socket, @Advice.Argument(0) @Nullable SocketAddress remote)
            throws IOException {
        Sockets.current().guard().connectingNatively(socket, remote);
    }

    @Advice.OnMethodExit(inline = false)
    public static void exit(@Advice.This Object socket, @Advice.Argument(0) @Nullable SocketAddress remote) {
        Sockets.current().observer().connected(remote, socket);
    }
}
