package io.sallyport.http.jdk;

import java.net.http.HttpRequest;
import net.bytebuddy.asm.Advice;

/** {@code HttpRequestImpl.setSystemHeader}: what the client adds to a request by itself. */
public final class CredentialsAdvice {

    private CredentialsAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static void enter(
            @Advice.This HttpRequest request, @Advice.Argument(0) String name, @Advice.Argument(1) String value) {
        JdkCalls.adds(request, name, value);
    }
}
