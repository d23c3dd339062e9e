package io.sallyport.http.asynchttpclient;

import net.bytebuddy.asm.Advice;

/** {@code NettyResponseFuture.cancel}. */
public final class CancelAdvice {

    private CancelAdvice() {}

    @Advice.OnMethodExit(inline = false)
    public static void exit(@Advice.This Object future) {
        AsyncCall.ended(future, null);
    }
}
