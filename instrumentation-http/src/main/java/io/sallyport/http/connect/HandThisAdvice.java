package io.sallyport.http.connect;

import net.bytebuddy.asm.Advice;

/** The object carries the mark on. */
public final class HandThisAdvice {

    private HandThisAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static void enter(@Advice.This Object carrier) {
        Connects.SOCKETS.hand(carrier);
    }
}
