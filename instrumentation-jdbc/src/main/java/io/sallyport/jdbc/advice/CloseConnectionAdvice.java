package io.sallyport.jdbc.advice;

import io.sallyport.jdbc.connect.Connections;
import java.sql.SQLException;
import net.bytebuddy.asm.Advice;

/** {@code Connection.close()} and {@code abort(Executor)}. */
public final class CloseConnectionAdvice {

    private CloseConnectionAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static void enter(@Advice.This Object connection) {
        Connections.closing(connection);
    }

    @Advice.OnMethodExit(inline = false, onThrowable = Throwable.class)
    public static void exit(@Advice.This Object connection) throws SQLException {
        Connections.closed(connection);
    }
}
