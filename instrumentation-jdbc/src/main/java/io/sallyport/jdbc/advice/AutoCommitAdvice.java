package io.sallyport.jdbc.advice;

import io.sallyport.jdbc.connect.Connections;
import io.sallyport.jdbc.state.ConnectionState;
import net.bytebuddy.asm.Advice;

/** {@code Connection.setAutoCommit(boolean)}. */
public final class AutoCommitAdvice {

    private AutoCommitAdvice() {}

    @Advice.OnMethodExit(inline = false)
    public static void exit(@Advice.This Object connection, @Advice.Argument(0) boolean on) {
        ConnectionState state = Connections.known(connection);
        if (state != null) {
            state.autoCommit(on);
        }
    }
}
