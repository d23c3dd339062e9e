package io.sallyport.http.okhttp;

import net.bytebuddy.asm.Advice;
import okhttp3.Call;

/** {@code RealCall.cancel}. */
public final class CancelAdvice {

    private CancelAdvice() {}

    @Advice.OnMethodExit(inline = false)
    public static void exit(@Advice.This Object call) {
        OkHttpCall.of((Call) call).cancelled();
    }
}
