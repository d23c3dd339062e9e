package io.sallyport.http.okhttp;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import okhttp3.Request;
import okio.Sink;

/** {@code createRequestBody} of a codec. */
public final class BodyAdvice {

    private BodyAdvice() {}

    /** @return the sink that the body is written to */
    @Advice.OnMethodExit(inline = false)
    @Advice.AssignReturned.ToReturned(typing = Typing.DYNAMIC)
    public static Object exit(@Advice.Argument(0) Object request, @Advice.Return(typing = Typing.DYNAMIC) Object sink) {
        return ShownSink.over((Sink) sink, (Request) request);
    }
}
