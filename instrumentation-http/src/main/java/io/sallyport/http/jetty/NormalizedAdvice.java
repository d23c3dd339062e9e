package io.sallyport.http.jetty;

import net.bytebuddy.asm.Advice;
import org.eclipse.jetty.client.Request;

/** {@code HttpConnection.normalizeRequest}. */
public final class NormalizedAdvice {

    private NormalizedAdvice() {}

    @Advice.OnMethodExit(inline = false)
    public static void exit(@Advice.Argument(0) Object request) {
        JettyCall.normalized((Request) request);
    }
}
