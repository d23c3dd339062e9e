package io.sallyport.http.apache5;

import java.io.IOException;
import net.bytebuddy.asm.Advice;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/** {@code InternalExecRuntime.execute}; of its overloads one calls the other. */
public final class ExecuteAdvice {

    private ExecuteAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static void enter(@Advice.This Object runtime, @Advice.Argument(1) Object request) throws IOException {
        Writing.begin(runtime, (HttpRequest) request);
    }

    @Advice.OnMethodExit(inline = false, onThrowable = Throwable.class)
    public static void exit(
            @Advice.This Object runtime,
            @Advice.Return @Nullable Object response,
            @Advice.Thrown @Nullable Throwable thrown)
            throws IOException {
        Writing.end();
        ClassicCall.of(runtime).answered((ClassicHttpResponse) response, thrown);
    }
}
