package io.sallyport.http.urlconnection;

import java.net.Socket;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** {@code HttpClient.writeRequests}. */
public final class WritingAdvice {

    private WritingAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static void enter(
            @Advice.FieldValue("host") String host,
            @Advice.FieldValue("port") int port,
            @Advice.FieldValue("serverSocket") @Nullable Socket socket,
            @Advice.FieldValue("usingProxy") boolean usingProxy) {
        UrlSocket.writing(host, port, socket, usingProxy);
    }

    @Advice.OnMethodExit(inline = false, onThrowable = Throwable.class)
    public static void exit() {
        UrlSocket.written();
    }
}
