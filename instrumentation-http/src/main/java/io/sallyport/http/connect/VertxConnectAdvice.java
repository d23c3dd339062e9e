package io.sallyport.http.connect;

import net.bytebuddy.asm.Advice;

/** A request of a Vert.x HTTP client gets a connection of its own. */
public final class VertxConnectAdvice {

    private VertxConnectAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static void enter() {
        Connects.SOCKETS.begin("vertx");
    }

    @Advice.OnMethodExit(inline = false, onThrowable = Throwable.class)
    public static void exit() {
        Connects.SOCKETS.end();
    }
}
