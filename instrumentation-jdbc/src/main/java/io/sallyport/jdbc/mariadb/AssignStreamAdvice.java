package io.sallyport.jdbc.mariadb;

import java.net.Socket;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** {@code AbstractConnectProtocol.assignStream(Socket, Options)}: from here on this socket carries what is said. */
public final class AssignStreamAdvice {

    private AssignStreamAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static void enter(@Advice.Argument(0) @Nullable Socket socket) {
        AssignedSocket.set(socket);
    }
}
