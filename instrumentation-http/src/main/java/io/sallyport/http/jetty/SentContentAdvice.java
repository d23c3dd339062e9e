package io.sallyport.http.jetty;

import java.nio.ByteBuffer;
import net.bytebuddy.asm.Advice;
import org.eclipse.jetty.client.Request;

/** {@code HttpRequest.notifyContent}. */
public final class SentContentAdvice {

    private SentContentAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static void enter(@Advice.This Object request, @Advice.Argument(0) ByteBuffer piece) {
        JettyCall.sent((Request) request, piece);
    }
}
