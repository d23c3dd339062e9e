package io.sallyport.jdbc.postgresql;

import io.sallyport.jdbc.connect.Connections;
import net.bytebuddy.asm.Advice;

/** {@code PgConnection.cancelQuery()}: what waits for approval has not been sent, so the server could not cancel it. */
public final class CancelAdvice {

    private CancelAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static void enter(@Advice.This Object connection) {
        Connections.cancelling(connection);
    }
}
