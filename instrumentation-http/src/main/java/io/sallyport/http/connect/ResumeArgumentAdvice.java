package io.sallyport.http.connect;

import net.bytebuddy.asm.Advice;

/** What the first argument carries is this thread's for this call. */
public final class ResumeArgumentAdvice {

    private ResumeArgumentAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static void enter(@Advice.Argument(0) Object carrier) {
        Connects.SOCKETS.resume(carrier);
    }

    @Advice.OnMethodExit(inline = false, onThrowable = Throwable.class)
    public static void exit() {
        Connects.SOCKETS.end();
    }
}
