package io.sallyport.jdbc.postgresql;

import io.sallyport.jdbc.execute.Channels;
import java.sql.SQLException;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyManager;

/** {@code CopyManager.copyIn/copyOut/copyDual(String, …)}. */
public final class CopyAdvice {

    private CopyAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static @Nullable Object enter(@Advice.This Object copy, @Advice.Argument(0) @Nullable String sql)
            throws SQLException {
        return Channels.enter(Inside.connectionOf((CopyManager) copy), sql);
    }

    @Advice.OnMethodExit(inline = false, onThrowable = Throwable.class)
    public static void exit(
            @Advice.Enter(typing = Typing.DYNAMIC) @Nullable Object token,
            @Advice.Origin("#m") String method,
            @Advice.Return(typing = Typing.DYNAMIC) @Nullable Object returned,
            @Advice.Thrown @Nullable Throwable thrown)
            throws SQLException {
        Channels.exit(token, method.equals("copyIn") && returned instanceof Long rows ? rows : null, thrown);
    }
}
