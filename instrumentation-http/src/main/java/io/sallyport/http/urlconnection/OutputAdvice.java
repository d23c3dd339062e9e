package io.sallyport.http.urlconnection;

import java.io.IOException;
import net.bytebuddy.asm.Advice;

/** {@code getOutputStream}. */
public final class OutputAdvice {

    private OutputAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static void enter(@Advice.This Object connection) throws IOException {
        UrlCall.of(connection).output();
    }
}
