package io.sallyport.http.apache5;

import java.io.OutputStream;
import net.bytebuddy.asm.Advice;

/** {@code BHttpConnectionBase.createContentOutputStream}. */
public final class OutputAdvice {

    private OutputAdvice() {}

    @Advice.OnMethodExit(inline = false)
    @Advice.AssignReturned.ToReturned
    public static OutputStream exit(@Advice.Return OutputStream stream) {
        return Writing.shown(stream);
    }
}
