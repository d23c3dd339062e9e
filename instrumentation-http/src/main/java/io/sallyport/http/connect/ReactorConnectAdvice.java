package io.sallyport.http.connect;

import net.bytebuddy.asm.Advice;

/** {@code TransportConnector.doInitAndRegister}: for an HTTP client, and with what Reactor Netty itself puts into the channel. */
public final class ReactorConnectAdvice {

    private ReactorConnectAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static void enter(@Advice.Argument(0) Object config, @Advice.Argument(1) Object initializer) {
        if (config.getClass().getName().equals("reactor.netty.http.client.HttpClientConfig")
                && initializer.getClass().getName().startsWith("reactor.netty.")) {
            Connects.SOCKETS.begin("reactor-netty");
        }
    }

    @Advice.OnMethodExit(inline = false, onThrowable = Throwable.class)
    public static void exit() {
        Connects.SOCKETS.end();
    }
}
