package io.sallyport.http.jdk;

import java.net.http.HttpRequest;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** {@code Http1Request.headers} and {@code Stream.sendHeadersAsync}. */
public final class HeadAdvice {

    private HeadAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static void enter(@Advice.FieldValue("request") @Nullable HttpRequest request) {
        JdkCalls.sending(request);
    }
}
