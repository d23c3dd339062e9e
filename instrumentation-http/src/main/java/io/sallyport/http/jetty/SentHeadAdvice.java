package io.sallyport.http.jetty;

import java.nio.ByteBuffer;
import net.bytebuddy.asm.Advice;
import org.eclipse.jetty.client.transport.HttpExchange;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** {@code HttpSender.sendHeaders}, with which the beginning of a body is sent: the application's listeners have had the request since it was decided. */
public final class SentHeadAdvice {

    private SentHeadAdvice() {}

    /** @return whether the request is refused: then nothing of it is written */
    @Advice.OnMethodEnter(inline = false, skipOn = Advice.OnNonDefaultValue.class)
    public static boolean enter(
            @Advice.Argument(0) Object exchange,
            @Advice.Argument(1) @Nullable ByteBuffer piece,
            @Advice.Argument(2) boolean last,
            @Advice.Argument(3) Object callback) {
        return JettyCall.writing(((HttpExchange) exchange).getRequest(), piece, last, (Callback) callback);
    }
}
