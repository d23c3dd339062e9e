package io.sallyport.http.tls;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;

/** {@code SSLSocketFactory.createSocket(Socket, String, int, boolean)} of the JDK. */
public final class LayeredSocketAdvice {

    private LayeredSocketAdvice() {}

    @Advice.OnMethodExit(inline = false)
    public static void exit(@Advice.Return(typing = Typing.DYNAMIC) Object socket, @Advice.Argument(2) int port) {
        TunnelledPorts.layered(socket, port);
    }
}
