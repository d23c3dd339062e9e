package io.sallyport.http.jdk;

import java.io.IOException;
import java.net.http.HttpRequest;
import net.bytebuddy.asm.Advice;

/** {@code HttpRequestImpl.newInstanceForRedirection}: a redirect is a request of its own. */
public final class RedirectAdvice {

    private RedirectAdvice() {}

    @Advice.OnMethodExit(inline = false)
    public static void exit(@Advice.Argument(2) HttpRequest before, @Advice.Return HttpRequest next)
            throws IOException {
        JdkCalls.redirected(before, next);
    }
}
