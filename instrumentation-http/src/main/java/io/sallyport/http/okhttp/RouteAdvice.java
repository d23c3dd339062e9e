package io.sallyport.http.okhttp;

import io.sallyport.http.HttpGate;
import java.net.InetSocketAddress;
import java.net.Proxy;
import net.bytebuddy.asm.Advice;

/** {@code RouteSelector.resetNextInetSocketAddress}. */
public final class RouteAdvice {

    private RouteAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static void enter(@Advice.Argument(0) Proxy proxy) {
        if (proxy.address() instanceof InetSocketAddress place) {
            HttpGate.current().proxied(place.getHostString(), place.getPort());
        }
    }
}
