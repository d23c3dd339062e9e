package io.sallyport.sockets;

import java.io.FileDescriptor;
import java.net.SocketAddress;
import net.bytebuddy.asm.Advice;

/** A connect that returned: the connection is open or, on a non-blocking channel, being opened. */
public final class ConnectedAdvice {

    static final String NAME = "io.sallyport.sockets.ConnectedAdvice";

    private ConnectedAdvice() {}

    @Advice.OnMethodExit(inline = false)
    public static void exit(@Advice.Argument(0) SocketAddress remote, @Advice.FieldValue("fd") FileDescriptor socket) {
        Sockets sockets = Sockets.current();
        if (!sockets.guard().wasRefusedHere()) {
            sockets.observer().connected(remote, socket);
        }
    }
}
