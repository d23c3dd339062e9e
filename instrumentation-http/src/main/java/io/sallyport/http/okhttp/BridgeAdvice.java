package io.sallyport.http.okhttp;

import java.io.IOException;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.Advice.AssignReturned.ToArguments.ToArgument;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import okhttp3.Interceptor;

/** {@code BridgeInterceptor.intercept}. */
public final class BridgeAdvice {

    private BridgeAdvice() {}

    /** @return the chain, whose request has the body that the rules saw */
    @Advice.OnMethodEnter(inline = false)
    @Advice.AssignReturned.ToArguments(@ToArgument(value = 0, typing = Typing.DYNAMIC))
    public static Object enter(@Advice.Argument(0) Object chain) throws IOException {
        return OkHttpCall.bridging((Interceptor.Chain) chain);
    }
}
