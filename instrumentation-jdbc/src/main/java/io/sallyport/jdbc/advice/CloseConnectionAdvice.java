package io.sallyport.jdbc.advice;

import io.sallyport.jdbc.connect.Connections;
import net.bytebuddy.asm.Advice;

/** {@code Connection.close()} and {@code abort(Executor)}. */
public final class CloseConnectionAdvice {

    private CloseConnectionAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static void enter(@Advice.This Object connection) {
        Connections.closing(connection);
    }
}
