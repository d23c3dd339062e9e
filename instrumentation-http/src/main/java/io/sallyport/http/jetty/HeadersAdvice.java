package io.sallyport.http.jetty;

import net.bytebuddy.asm.Advice;
import org.eclipse.jetty.client.transport.HttpExchange;

/** {@code HttpReceiver.responseHeaders}, when it is done: all fields are known, and no decoder was chosen by them. */
public final class HeadersAdvice {

    private HeadersAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static void enter(@Advice.Argument(0) Object exchange) {
        JettyCall.answered((HttpExchange) exchange);
    }
}
