package io.sallyport.http.connect;

import net.bytebuddy.asm.Advice;

/** The first argument carries the mark on. */
public final class HandArgumentAdvice {

    private HandArgumentAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static void enter(@Advice.Argument(0) Object carrier) {
        Connects.SOCKETS.hand(carrier);
    }
}
