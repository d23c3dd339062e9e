package io.sallyport.http.reactornetty;

import net.bytebuddy.asm.Advice;

/** {@code HttpClientHandler.redirect}. */
public final class RedirectAdvice {

    private RedirectAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static void enter(@Advice.This Object handler, @Advice.Argument(0) String to) {
        ReactorCall.redirected(handler, to);
    }
}
