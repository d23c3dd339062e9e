package io.sallyport.http.asynchttpclient;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelHandler;
import io.sallyport.weaving.AgentContext;
import io.sallyport.weaving.ClientSockets;
import net.bytebuddy.asm.Advice;

/** {@code NettyChannelConnector.connect0}, with what the client itself puts into the channel. */
public final class ConnectAdvice {

    private static final ClientSockets SOCKETS = AgentContext.current().sockets();

    private ConnectAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static void enter(@Advice.Argument(0) Object bootstrap) {
        ChannelHandler handler = ((Bootstrap) bootstrap).config().handler();
        if (handler != null && handler.getClass().getName().startsWith("org.asynchttpclient.netty.")) {
            SOCKETS.begin("async-http-client");
        }
    }

    @Advice.OnMethodExit(inline = false, onThrowable = Throwable.class)
    public static void exit() {
        SOCKETS.end();
    }
}
