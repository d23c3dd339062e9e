package io.sallyport.http.jdk;

import java.net.http.HttpHeaders;
import net.bytebuddy.asm.Advice;

/** {@code HttpResponseImpl.headers}. */
public final class ResponseHeadersAdvice {

    private ResponseHeadersAdvice() {}

    @Advice.OnMethodExit(inline = false)
    @Advice.AssignReturned.ToReturned
    public static HttpHeaders exit(@Advice.Return HttpHeaders returned) {
        return TruthfulHeaders.of(returned);
    }
}
