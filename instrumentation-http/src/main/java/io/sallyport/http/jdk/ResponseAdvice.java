package io.sallyport.http.jdk;

import java.net.http.HttpRequest;
import net.bytebuddy.asm.Advice;

/** {@code Response.statusCode}, which the client asks before it makes the next request of an answer. */
public final class ResponseAdvice {

    private ResponseAdvice() {}

    @Advice.OnMethodExit(inline = false)
    public static void exit(@Advice.FieldValue("request") HttpRequest request, @Advice.Return int status) {
        JdkCalls.arrived(request, status);
    }
}
