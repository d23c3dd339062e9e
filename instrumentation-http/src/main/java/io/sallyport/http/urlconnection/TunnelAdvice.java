package io.sallyport.http.urlconnection;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** {@code sendCONNECTRequest}. */
public final class TunnelAdvice {

    private TunnelAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static @Nullable Object enter() {
        return UrlSocket.tunnels();
    }

    @Advice.OnMethodExit(inline = false, onThrowable = Throwable.class)
    public static void exit(@Advice.Enter @Nullable Object before) {
        UrlSocket.tunnelled(before);
    }
}
