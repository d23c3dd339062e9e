package io.sallyport.http.urlconnection;

import io.sallyport.http.HttpGate;
import java.net.InetSocketAddress;
import net.bytebuddy.asm.Advice;

/** {@code HttpClient.privilegedOpenServer}, which opens connections to proxies. */
public final class OpenProxyAdvice {

    private OpenProxyAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static void enter(@Advice.Argument(0) InetSocketAddress proxy) {
        HttpGate.current().proxied(proxy.getHostString(), proxy.getPort());
    }
}
