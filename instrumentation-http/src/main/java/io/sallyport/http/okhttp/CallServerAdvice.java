package io.sallyport.http.okhttp;

import java.io.IOException;
import net.bytebuddy.asm.Advice;
import okhttp3.Interceptor;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** {@code CallServerInterceptor.intercept}. */
public final class CallServerAdvice {

    private CallServerAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static void enter(@Advice.Argument(0) Object chain) throws IOException {
        OkHttpCall.sending((Interceptor.Chain) chain);
    }

    /** @return the answer as its caller may see it */
    @Advice.OnMethodExit(inline = false, onThrowable = Throwable.class)
    @Advice.AssignReturned.ToReturned(typing = net.bytebuddy.implementation.bytecode.assign.Assigner.Typing.DYNAMIC)
    public static @Nullable Object exit(
            @Advice.Argument(0) Object chain,
            @Advice.Return(typing = net.bytebuddy.implementation.bytecode.assign.Assigner.Typing.DYNAMIC) @Nullable
                    Object response,
            @Advice.Thrown @Nullable Throwable thrown)
            throws IOException {
        return OkHttpCall.answered((Interceptor.Chain) chain, (Response) response, thrown);
    }
}
