package io.sallyport.http.reactornetty;

import net.bytebuddy.asm.Advice;

/** {@code HttpClientHandler.requestWithBody}. */
public final class RequestAdvice {

    private RequestAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static void enter(@Advice.This Object handler, @Advice.Argument(0) Object operations) {
        ReactorCall.connected(handler, operations);
    }
}
