package io.sallyport.http.urlconnection;

import java.io.IOException;
import java.net.CookieHandler;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** {@code plainConnect}. */
public final class ConnectAdvice {

    private ConnectAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static void enter(
            @Advice.This Object connection, @Advice.FieldValue("cookieHandler") @Nullable CookieHandler cookies)
            throws IOException {
        UrlCall.of(connection).with(cookies).connect();
    }
}
