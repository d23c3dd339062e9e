package io.sallyport.http.apache5;

import java.io.IOException;
import net.bytebuddy.asm.Advice;

/** {@code DefaultBHttpClientConnection.sendRequestEntity}, where nothing failed. */
public final class BodyWrittenAdvice {

    private BodyWrittenAdvice() {}

    @Advice.OnMethodExit(inline = false)
    public static void exit() throws IOException {
        Writing.bodyWritten();
    }
}
