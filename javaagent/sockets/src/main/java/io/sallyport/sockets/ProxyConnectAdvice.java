package io.sallyport.sockets;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** The JDK's transport for sockets that may go by way of a proxy was asked to connect, and knows now by which. */
public final class ProxyConnectAdvice {

    static final String NAME = "io.sallyport.sockets.ProxyConnectAdvice";

    private ProxyConnectAdvice() {}

    @Advice.OnMethodExit(inline = false)
    public static void exit(@Advice.FieldValue("server") @Nullable String server) {
        if (server != null) {
            Sockets.current().connects().byProxy(server);
        }
    }
}
