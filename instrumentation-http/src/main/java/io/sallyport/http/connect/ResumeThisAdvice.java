package io.sallyport.http.connect;

import net.bytebuddy.asm.Advice;

/** What the object carries is this thread's for this call. */
public final class ResumeThisAdvice {

    private ResumeThisAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static void enter(@Advice.This Object carrier) {
        Connects.SOCKETS.resume(carrier);
    }

    @Advice.OnMethodExit(inline = false, onThrowable = Throwable.class)
    public static void exit() {
        Connects.SOCKETS.end();
    }
}
