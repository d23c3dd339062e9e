package io.sallyport.http.jetty;

import net.bytebuddy.asm.Advice;
import org.eclipse.jetty.client.transport.HttpExchange;

/** {@code HttpReceiver.responseHeaders}. */
public final class HeadersAdvice {

    private HeadersAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static void enter(@Advice.Argument(0) Object exchange) {
        JettyCall.answered((HttpExchange) exchange);
    }
}
