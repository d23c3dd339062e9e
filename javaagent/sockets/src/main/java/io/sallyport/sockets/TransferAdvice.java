package io.sallyport.sockets;

import java.io.FileDescriptor;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;

/** Bytes went through a socket. */
public final class TransferAdvice {

    static final String NAME = "io.sallyport.sockets.TransferAdvice";

    private static final Traffic TRAFFIC = Sockets.current().traffic();

    private TransferAdvice() {}

    @Advice.OnMethodExit(inline = false)
    public static void exit(
            @Advice.Argument(0) FileDescriptor socket, @Advice.Return(typing = Assigner.Typing.DYNAMIC) Object count) {
        TRAFFIC.moved(socket, count);
    }
}
