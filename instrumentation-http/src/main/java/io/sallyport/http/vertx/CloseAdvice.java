package io.sallyport.http.vertx;

import io.sallyport.http.HeldAdmissions;
import net.bytebuddy.asm.Advice;

/** {@code doShutdown} and {@code doClose} of a client. */
public final class CloseAdvice {

    private CloseAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static void enter(@Advice.This Object client) {
        HeldAdmissions.of(client).withdraw();
    }
}
