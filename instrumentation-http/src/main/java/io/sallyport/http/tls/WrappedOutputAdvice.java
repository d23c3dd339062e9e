package io.sallyport.http.tls;

import io.sallyport.http.WrappedSocket;
import java.io.OutputStream;
import java.net.Socket;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.jspecify.annotations.Nullable;

/** {@code getOutputStream} of a TLS socket that is not the JDK's. */
public final class WrappedOutputAdvice {

    private WrappedOutputAdvice() {}

    @Advice.OnMethodExit(inline = false)
    @Advice.AssignReturned.ToReturned(typing = Typing.DYNAMIC)
    public static @Nullable Object exit(
            @Advice.This Object socket, @Advice.Return(typing = Typing.DYNAMIC) @Nullable Object own) {
        return own instanceof OutputStream output ? WrappedSocket.watched((Socket) socket, output) : null;
    }
}
