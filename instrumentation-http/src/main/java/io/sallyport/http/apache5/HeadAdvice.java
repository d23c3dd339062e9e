package io.sallyport.http.apache5;

import java.io.IOException;
import net.bytebuddy.asm.Advice;

/** {@code DefaultBHttpClientConnection.sendRequestHeader}. */
public final class HeadAdvice {

    private HeadAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static void enter(@Advice.This Object connection, @Advice.Argument(0) Object request) throws IOException {
        Writing.head(connection, request);
    }
}
