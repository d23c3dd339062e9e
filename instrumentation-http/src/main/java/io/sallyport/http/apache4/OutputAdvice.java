package io.sallyport.http.apache4;

import java.io.OutputStream;
import net.bytebuddy.asm.Advice;
import org.apache.http.HttpMessage;

/** {@code BHttpConnectionBase.prepareOutput}. */
public final class OutputAdvice {

    private OutputAdvice() {}

    @Advice.OnMethodExit(inline = false)
    @Advice.AssignReturned.ToReturned
    public static OutputStream exit(@Advice.Argument(0) Object message, @Advice.Return OutputStream stream) {
        return ShownOutput.of((HttpMessage) message, stream);
    }
}
