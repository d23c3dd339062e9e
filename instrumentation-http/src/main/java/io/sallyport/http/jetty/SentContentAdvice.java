package io.sallyport.http.jetty;

import java.nio.ByteBuffer;
import net.bytebuddy.asm.Advice;
import org.eclipse.jetty.client.transport.HttpExchange;
import org.jspecify.annotations.Nullable;

/** {@code HttpSender.sendContent}. */
public final class SentContentAdvice {

    private SentContentAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static void enter(@Advice.Argument(0) Object exchange, @Advice.Argument(1) @Nullable ByteBuffer piece) {
        JettyCall.sent(((HttpExchange) exchange).getRequest(), piece);
    }
}
