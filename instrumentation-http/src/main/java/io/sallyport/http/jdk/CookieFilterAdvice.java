package io.sallyport.http.jdk;

import java.net.http.HttpRequest;
import net.bytebuddy.asm.Advice;

/** {@code CookieFilter.request}. */
public final class CookieFilterAdvice {

    private CookieFilterAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static void enter(@Advice.Argument(0) HttpRequest request) {
        AskedCookies.begin(request);
    }

    @Advice.OnMethodExit(inline = false, onThrowable = Throwable.class)
    public static void exit() {
        AskedCookies.end();
    }
}
