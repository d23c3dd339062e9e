package io.sallyport.http.jetty;

import java.nio.ByteBuffer;
import net.bytebuddy.asm.Advice;
import org.eclipse.jetty.client.transport.HttpExchange;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** {@code HttpSender.sendContent}. */
public final class SentContentAdvice {

    private SentContentAdvice() {}

    /** @return whether the piece is not to be written, of which the callback was told */
    @Advice.OnMethodEnter(inline = false, skipOn = Advice.OnNonDefaultValue.class)
    public static boolean enter(
            @Advice.Argument(0) Object exchange,
            @Advice.Argument(1) @Nullable ByteBuffer piece,
            @Advice.Argument(2) boolean last,
            @Advice.Argument(3) Object callback) {
        return JettyCall.sent(((HttpExchange) exchange).getRequest(), piece, last, (Callback) callback);
    }
}
