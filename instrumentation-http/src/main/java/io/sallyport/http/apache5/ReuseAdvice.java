package io.sallyport.http.apache5;

import net.bytebuddy.asm.Advice;

/** {@code InternalExecRuntime.markConnectionReusable} and {@code markConnectionNonReusable}. */
public final class ReuseAdvice {

    private ReuseAdvice() {}

    @Advice.OnMethodExit(inline = false)
    public static void exit(@Advice.This Object runtime) {
        ClassicCall.of(runtime).connectionDecided();
    }
}
