package io.sallyport.sockets;

import io.sallyport.weaving.AgentContext;
import io.sallyport.weaving.tls.RelayedSockets;
import java.net.Socket;
import net.bytebuddy.asm.Advice;

/** {@code Socket.close()}: the relay is told first. */
public final class RelayedCloseAdvice {

    static final String NAME = "io.sallyport.sockets.RelayedCloseAdvice";

    private static final RelayedSockets RELAYED = AgentContext.current().relayed();

    private RelayedCloseAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static void enter(@Advice.This Socket socket) {
        RELAYED.closing(socket);
    }
}
