package io.sallyport.http.okhttp;

import io.sallyport.weaving.AgentContext;
import io.sallyport.weaving.ClientSockets;
import net.bytebuddy.asm.Advice;

/** {@code ConnectPlan.connectTcp}. */
public final class PlanAdvice {

    private static final ClientSockets SOCKETS = AgentContext.current().sockets();

    private PlanAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static void enter() {
        SOCKETS.begin("okhttp");
    }

    @Advice.OnMethodExit(inline = false, onThrowable = Throwable.class)
    public static void exit() {
        SOCKETS.end();
    }
}
