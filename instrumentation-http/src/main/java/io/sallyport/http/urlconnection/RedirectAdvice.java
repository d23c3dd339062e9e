package io.sallyport.http.urlconnection;

import java.io.IOException;
import java.net.URL;
import net.bytebuddy.asm.Advice;

/** {@code followRedirect0}. */
public final class RedirectAdvice {

    private RedirectAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static void enter(
            @Advice.This Object connection, @Advice.Argument(1) int status, @Advice.Argument(2) URL location)
            throws IOException {
        UrlCall.of(connection).redirect(status, location);
    }
}
