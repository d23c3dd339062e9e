package io.sallyport.http.jdk;

import java.io.IOException;
import java.net.http.HttpRequest;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** {@code Http1Request.headers}, which asks the publisher for its length, and writes fields of the application beside its own. */
public final class FramedHeadAdvice {

    private FramedHeadAdvice() {}

    @Advice.OnMethodExit(inline = false)
    public static void exit(
            @Advice.FieldValue("request") @Nullable HttpRequest request,
            @Advice.FieldValue("contentLength") long length)
            throws IOException {
        JdkCalls.framed(request, length);
    }
}
