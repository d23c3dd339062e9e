package io.sallyport.http.apache5;

import io.sallyport.weaving.AgentContext;
import io.sallyport.weaving.ClientSockets;
import net.bytebuddy.asm.Advice;

/**
 * {@code AbstractHttpAsyncClientBase.start}, and {@code isRunning}, which a client asks itself before each call, for one that was started before the agent
 * came: the reactor, which no other program has, connects for this client from now on.
 */
public final class StartAdvice {

    private static final ClientSockets SOCKETS = AgentContext.current().sockets();

    private StartAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static void enter(@Advice.FieldValue("ioReactor") Object reactor) {
        if (!SOCKETS.isClients(reactor)) {
            SOCKETS.begin("apache-httpclient-5");
            SOCKETS.hand(reactor);
        }
    }
}
