package io.sallyport.sockets;

import java.io.IOException;
import java.net.SocketAddress;
import net.bytebuddy.asm.Advice;

/** A connect to an address as the application named it begins. */
public final class ConnectingAdvice {

    static final String NAME = "io.sallyport.sockets.ConnectingAdvice";

    private ConnectingAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static void enter(@Advice.Argument(0) SocketAddress remote) throws IOException {
        Sockets.current().guard().connecting(remote);
    }
}
