package io.sallyport.http.apache5;

import io.sallyport.http.HeldAdmissions;
import net.bytebuddy.asm.Advice;

/** {@code AbstractHttpAsyncClientBase.close}. */
public final class CloseAdvice {

    private CloseAdvice() {}

    @Advice.OnMethodExit(inline = false, onThrowable = Throwable.class)
    public static void exit(@Advice.This Object client) {
        HeldAdmissions.of(client).withdraw();
    }
}
