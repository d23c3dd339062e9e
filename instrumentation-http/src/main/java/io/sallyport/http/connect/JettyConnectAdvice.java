package io.sallyport.http.connect;

import net.bytebuddy.asm.Advice;

/** {@code HttpClientTransport.connect}. */
public final class JettyConnectAdvice {

    private JettyConnectAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static void enter() {
        Connects.SOCKETS.begin("jetty-client");
    }

    @Advice.OnMethodExit(inline = false, onThrowable = Throwable.class)
    public static void exit() {
        Connects.SOCKETS.end();
    }
}
