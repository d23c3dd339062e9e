package io.sallyport.http.okhttp;

import java.io.IOException;
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
    public static Object exit(
            @Advice.This Object codec,
            @Advice.Argument(0) Object request,
            @Advice.Argument(1) long length,
            @Advice.Return(typing = Typing.DYNAMIC) Object sink)
            throws IOException {
        if (CodecWeave.isOfHttp1(codec.getClass().getName())) {
            OkHttpCall.framed((Request) request, length);
        }
        return ShownSink.over((Sink) sink, (Request) request);
    }
}
