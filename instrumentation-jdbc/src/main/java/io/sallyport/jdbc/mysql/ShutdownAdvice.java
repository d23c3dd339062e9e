package io.sallyport.jdbc.mysql;

import io.sallyport.jdbc.execute.Channels;
import java.sql.SQLException;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** {@code JdbcConnection.shutdownServer()}: a command that no statement sees. */
public final class ShutdownAdvice {

    private ShutdownAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static @Nullable Object enter(@Advice.This Object connection) throws SQLException {
        return Channels.enter(connection, "SHUTDOWN");
    }

    @Advice.OnMethodExit(inline = false, onThrowable = Throwable.class)
    public static void exit(@Advice.Enter @Nullable Object token, @Advice.Thrown @Nullable Throwable thrown)
            throws SQLException {
        Channels.exit(token, thrown);
    }
}
