package io.sallyport.jdbc.advice;

import io.sallyport.jdbc.connect.Connections;
import java.sql.SQLException;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** {@code Connection.setAutoCommit(boolean)}. */
public final class AutoCommitAdvice {

    private AutoCommitAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static @Nullable Object enter(@Advice.This Object connection, @Advice.Argument(0) boolean on)
            throws SQLException {
        return Connections.settingAutoCommit(connection, on);
    }

    @Advice.OnMethodExit(inline = false, onThrowable = Throwable.class)
    public static void exit(
            @Advice.Enter @Nullable Object token,
            @Advice.This Object connection,
            @Advice.Argument(0) boolean on,
            @Advice.Thrown @Nullable Throwable thrown) {
        Connections.autoCommitSet(token, connection, on, thrown);
    }
}
