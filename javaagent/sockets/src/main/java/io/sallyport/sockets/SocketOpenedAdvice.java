package io.sallyport.sockets;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** A socket was opened: by the JDK, of which it is the descriptor, or by one of Netty's native transports. */
public final class SocketOpenedAdvice {

    static final String NAME = "io.sallyport.sockets.SocketOpenedAdvice";

    private SocketOpenedAdvice() {}

    @Advice.OnMethodExit(inline = false)
    public static void exit(@Advice.Return @Nullable Object socket) {
        if (socket != null) {
            Sockets.current().clients().opened(socket);
        }
    }
}
