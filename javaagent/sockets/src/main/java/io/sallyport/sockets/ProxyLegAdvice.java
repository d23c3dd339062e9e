package io.sallyport.sockets;

import net.bytebuddy.asm.Advice;

/** {@code SocksSocketImpl}: the connection to the proxy, for one that was judged by where it leads to. */
public final class ProxyLegAdvice {

    static final String NAME = "io.sallyport.sockets.ProxyLegAdvice";

    private ProxyLegAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static void enter() {
        Sockets.current().guard().toProxy(true);
    }

    @Advice.OnMethodExit(inline = false, onThrowable = Throwable.class)
    public static void exit() {
        Sockets.current().guard().toProxy(false);
    }
}
