package io.sallyport.http.jdk;

import java.net.CookieHandler;
import java.util.Optional;
import net.bytebuddy.asm.Advice;

/** {@code HttpClientImpl.cookieHandler}. */
public final class CookieHandlerAdvice {

    private CookieHandlerAdvice() {}

    @Advice.OnMethodExit(inline = false)
    @Advice.AssignReturned.ToReturned
    public static Optional<CookieHandler> exit(@Advice.Return Optional<CookieHandler> returned) {
        return AskedCookies.instead(returned);
    }
}
