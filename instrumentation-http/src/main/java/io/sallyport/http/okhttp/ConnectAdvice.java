package io.sallyport.http.okhttp;

import java.io.IOException;
import net.bytebuddy.asm.Advice;
import okhttp3.Interceptor;

/** {@code ConnectInterceptor.intercept}. */
public final class ConnectAdvice {

    private ConnectAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static void enter(@Advice.Argument(0) Object chain) throws IOException {
        OkHttpCall.connecting((Interceptor.Chain) chain);
    }
}
