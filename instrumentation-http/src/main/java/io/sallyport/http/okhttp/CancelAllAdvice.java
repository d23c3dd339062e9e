package io.sallyport.http.okhttp;

import net.bytebuddy.asm.Advice;
import okhttp3.Dispatcher;

/** {@code Dispatcher.cancelAll}. */
public final class CancelAllAdvice {

    private CancelAllAdvice() {}

    @Advice.OnMethodExit(inline = false)
    public static void exit(@Advice.This Object dispatcher) {
        HeldCalls.of((Dispatcher) dispatcher).cancel();
    }
}
