package io.sallyport.http.urlconnection;

import net.bytebuddy.asm.Advice;

/** {@code HttpURLConnection.writeRequests}: has its client write the request. */
public final class WritingByAdvice {

    private WritingByAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static void enter(@Advice.This Object connection) {
        UrlSocket.begin(connection);
    }

    @Advice.OnMethodExit(inline = false, onThrowable = Throwable.class)
    public static void exit() {
        UrlSocket.end();
    }
}
