package io.sallyport.sockets.own;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import net.bytebuddy.asm.Advice;

/** Opens a connection on the agent's behalf. */
public final class DialAdvice {

    private DialAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static void enter(@Advice.Argument(0) InetSocketAddress remote) throws IOException {
        try (Socket s = new Socket()) {
            s.connect(remote);
        }
    }
}
