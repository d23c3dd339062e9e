package io.sallyport.http.reactornetty;

import java.io.IOException;
import net.bytebuddy.asm.Advice;

/** {@code HttpClientOperations.beforeMarkSentHeaders}. */
public final class HeadersAdvice {

    private HeadersAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static void enter(@Advice.This Object operations) throws IOException {
        ReactorCall.sending(operations);
    }
}
