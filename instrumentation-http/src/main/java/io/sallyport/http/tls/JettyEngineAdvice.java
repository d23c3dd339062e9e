package io.sallyport.http.tls;

import io.sallyport.weaving.tls.StatedPeers;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** {@code SslContextFactory.newSSLEngine(String, int)}. */
public final class JettyEngineAdvice {

    private JettyEngineAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static void enter(@Advice.Argument(0) @Nullable String host, @Advice.Argument(1) int port) {
        StatedPeers.enter(host, port);
    }

    @Advice.OnMethodExit(inline = false, onThrowable = Throwable.class)
    public static void exit() {
        StatedPeers.leave();
    }
}
