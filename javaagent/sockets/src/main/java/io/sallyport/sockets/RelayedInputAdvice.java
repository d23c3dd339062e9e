package io.sallyport.sockets;

import io.sallyport.weaving.AgentContext;
import io.sallyport.weaving.tls.RelayedSockets;
import java.io.IOException;
import java.net.Socket;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.jspecify.annotations.Nullable;

/** {@code Socket.getInputStream()}: of a socket that leads to a relay, the stream of the TLS that lies on it. */
public final class RelayedInputAdvice {

    static final String NAME = "io.sallyport.sockets.RelayedInputAdvice";

    private static final RelayedSockets RELAYED = AgentContext.current().relayed();

    private RelayedInputAdvice() {}

    @Advice.OnMethodExit(inline = false)
    @Advice.AssignReturned.ToReturned(typing = Typing.DYNAMIC)
    public static @Nullable Object exit(@Advice.This Socket socket) throws IOException {
        Socket layered = RELAYED.of(socket);
        return layered == null ? null : layered.getInputStream();
    }
}
