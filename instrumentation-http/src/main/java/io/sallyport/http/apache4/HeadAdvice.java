package io.sallyport.http.apache4;

import java.io.IOException;
import net.bytebuddy.asm.Advice;

/** {@code DefaultBHttpClientConnection.sendRequestHeader}. */
public final class HeadAdvice {

    private HeadAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static void enter(@Advice.This Object connection, @Advice.Argument(0) Object request) throws IOException {
        ClientCall.writing(connection, request);
    }
}
