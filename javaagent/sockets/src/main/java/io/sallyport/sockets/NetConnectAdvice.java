package io.sallyport.sockets;

import java.io.FileDescriptor;
import java.io.IOException;
import java.net.InetAddress;
import net.bytebuddy.asm.Advice;

/** The system call behind every connect of the JDK, whatever was asked above it. */
public final class NetConnectAdvice {

    static final String NAME = "io.sallyport.sockets.NetConnectAdvice";

    private NetConnectAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static void enter(
            @Advice.Argument(1) FileDescriptor socket,
            @Advice.Argument(2) InetAddress remote,
            @Advice.Argument(3) int port)
            throws IOException {
        Sockets.current().guard().connecting(socket, remote, port);
    }
}
