package io.sallyport.http.urlconnection;

import java.io.IOException;
import net.bytebuddy.asm.Advice;

/** {@code plainConnect}. */
public final class ConnectAdvice {

    private ConnectAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static void enter(@Advice.This Object connection) throws IOException {
        UrlCall.of(connection).connect();
    }
}
