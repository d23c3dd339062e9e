package io.sallyport.http.urlconnection;

import io.sallyport.http.SaidCookies;
import java.net.CookieHandler;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.Advice.AssignReturned.ToFields.ToField;
import org.jspecify.annotations.Nullable;

/** {@code setCookieHeader}: asks the connection's handler of cookies, which is another one meanwhile. */
public final class CookieAdvice {

    private CookieAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    @Advice.AssignReturned.ToFields(@ToField("cookieHandler"))
    public static @Nullable CookieHandler enter(@Advice.This Object connection) {
        return UrlCall.cookies(connection);
    }

    @Advice.OnMethodExit(inline = false, onThrowable = Throwable.class)
    @Advice.AssignReturned.ToFields(@ToField("cookieHandler"))
    public static @Nullable CookieHandler exit(@Advice.FieldValue("cookieHandler") @Nullable CookieHandler asked) {
        return SaidCookies.applications(asked);
    }
}
