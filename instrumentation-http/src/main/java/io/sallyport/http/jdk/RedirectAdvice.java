package io.sallyport.http.jdk;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import net.bytebuddy.asm.Advice;

/** {@code HttpRequestImpl.newInstanceForRedirection}: a redirect is a request of its own. */
public final class RedirectAdvice {

    private RedirectAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static void enter(
            @Advice.Argument(0) URI location,
            @Advice.Argument(1) String method,
            @Advice.Argument(2) HttpRequest original)
            throws IOException {
        JdkCalls.redirected(location, method, original);
    }
}
