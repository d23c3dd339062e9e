package io.sallyport.http.apache5;

import io.sallyport.weaving.AgentContext;
import io.sallyport.weaving.ClientSockets;
import net.bytebuddy.asm.Advice;

/** {@code AbstractHttpAsyncClientBase.start}: the reactor, which no other program has, connects for this client from now on. */
public final class StartAdvice {

    private static final ClientSockets SOCKETS = AgentContext.current().sockets();

    private StartAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static void enter(@Advice.FieldValue("ioReactor") Object reactor) {
        SOCKETS.begin("apache-httpclient-5");
        SOCKETS.hand(reactor);
    }
}
