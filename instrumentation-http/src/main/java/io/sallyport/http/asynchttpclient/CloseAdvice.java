package io.sallyport.http.asynchttpclient;

import io.sallyport.http.HeldAdmissions;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;

/** {@code DefaultAsyncHttpClient.close}. */
public final class CloseAdvice {

    private CloseAdvice() {}

    @Advice.OnMethodExit(inline = false, onThrowable = Throwable.class)
    public static void exit(@Advice.FieldValue(value = "requestSender", typing = Typing.DYNAMIC) Object sender) {
        HeldAdmissions.of(sender).withdraw();
    }
}
