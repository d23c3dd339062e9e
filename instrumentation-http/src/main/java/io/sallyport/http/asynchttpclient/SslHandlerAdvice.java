package io.sallyport.http.asynchttpclient;

import io.netty.handler.ssl.SslHandler;
import io.sallyport.weaving.tls.StatedPeers;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.jspecify.annotations.Nullable;

/** {@code ChannelManager.createSslHandler}. */
public final class SslHandlerAdvice {

    private SslHandlerAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static void enter(@Advice.Argument(0) @Nullable String host, @Advice.Argument(1) int port) {
        StatedPeers.enter(host, port);
    }

    @Advice.OnMethodExit(inline = false, onThrowable = Throwable.class)
    public static void exit(
            @Advice.Argument(0) @Nullable String host,
            @Advice.Argument(1) int port,
            @Advice.Return(typing = Typing.DYNAMIC) @Nullable Object handler) {
        StatedPeers.leave();
        if (handler != null) {
            StatedPeers.state(((SslHandler) handler).engine(), host, port);
        }
    }
}
