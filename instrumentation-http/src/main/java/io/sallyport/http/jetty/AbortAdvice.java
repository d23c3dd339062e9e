package io.sallyport.http.jetty;

import net.bytebuddy.asm.Advice;

/** {@code HttpRequest.abort}. */
public final class AbortAdvice {

    private AbortAdvice() {}

    @Advice.OnMethodExit(inline = false)
    public static void exit(@Advice.This Object request) {
        JettyCall.aborted(request);
    }
}
