package io.sallyport.http.jetty;

import io.sallyport.http.HeldAdmissions;
import net.bytebuddy.asm.Advice;

/** {@code HttpClient.doStop}. */
public final class StopAdvice {

    private StopAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static void enter(@Advice.This Object client) {
        HeldAdmissions.of(client).withdraw();
    }
}
