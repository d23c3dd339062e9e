package io.sallyport.sockets;

import io.sallyport.weaving.AgentContext;
import io.sallyport.weaving.tls.RelayedSockets;
import java.io.IOException;
import java.net.Socket;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.jspecify.annotations.Nullable;

/** {@code Socket.getOutputStream()}: of a socket that leads to a relay, the stream of the TLS that lies on it. */
public final class RelayedOutputAdvice {

    static final String NAME = "io.sallyport.sockets.RelayedOutputAdvice";

    private static final RelayedSockets RELAYED = AgentContext.current().relayed();

    private RelayedOutputAdvice() {}

    @Advice.OnMethodExit(inline = false)
    @Advice.AssignReturned.ToReturned(typing = Typing.DYNAMIC)
    public static @Nullable Object exit(@Advice.This Socket socket) throws IOException {
        Socket layered = RELAYED.of(socket);
        return layered == null ? null : layered.getOutputStream();
    }
}
