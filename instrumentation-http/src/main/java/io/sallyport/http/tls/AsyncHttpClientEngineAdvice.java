package io.sallyport.http.tls;

import io.sallyport.weaving.tls.StatedPeers;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** {@code DefaultSslEngineFactory.newSslEngine(AsyncHttpClientConfig, String, int)}. */
public final class AsyncHttpClientEngineAdvice {

    private AsyncHttpClientEngineAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static void enter(@Advice.Argument(1) @Nullable String host, @Advice.Argument(2) int port) {
        StatedPeers.enter(host, port);
    }

    @Advice.OnMethodExit(inline = false, onThrowable = Throwable.class)
    public static void exit() {
        StatedPeers.leave();
    }
}
