package io.sallyport.sockets;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketAddress;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.Advice.AssignReturned.ToArguments.ToArgument;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.jspecify.annotations.Nullable;

/** {@code Socket.connect(SocketAddress, int)}. */
public final class SocketConnectAdvice {

    static final String NAME = "io.sallyport.sockets.SocketConnectAdvice";

    private SocketConnectAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    @Advice.AssignReturned.ToArguments(@ToArgument(value = 0, index = 1, typing = Typing.DYNAMIC))
    public static @Nullable Object @Nullable [] enter(
            @Advice.This Socket socket, @Advice.Argument(0) SocketAddress remote) throws IOException {
        return Sockets.current().connects().begin(socket, remote);
    }

    @Advice.OnMethodExit(inline = false, onThrowable = Throwable.class)
    public static void exit(
            @Advice.Enter @Nullable Object @Nullable [] begun,
            @Advice.This Socket socket,
            @Advice.Argument(0) SocketAddress remote,
            @Advice.Argument(1) int timeout,
            @Advice.Thrown @Nullable Throwable thrown)
            throws IOException {
        Sockets.current().connects().end(begun, socket, remote, timeout, thrown);
    }
}
