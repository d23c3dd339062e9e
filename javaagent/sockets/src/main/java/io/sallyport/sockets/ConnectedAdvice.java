package io.sallyport.sockets;

import io.sallyport.weaving.AgentContext;
import java.net.SocketAddress;
import net.bytebuddy.asm.Advice;

/** A connect that returned: the connection is open or, on a non-blocking channel, being opened. */
public final class ConnectedAdvice {

    static final String NAME = "io.sallyport.sockets.ConnectedAdvice";

    /** Made when the first connection is opened, so that start-up does not pay for it. */
    private static final ConnectObserver OBSERVER = ConnectObserver.of(AgentContext.current());

    private ConnectedAdvice() {}

    @Advice.OnMethodExit(inline = false)
    public static void exit(@Advice.Argument(0) SocketAddress remote) {
        OBSERVER.connected(remote);
    }
}
