package io.sallyport.jdbc.postgresql;

import io.sallyport.jdbc.execute.Channels;
import java.sql.SQLException;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;
import org.postgresql.fastpath.Fastpath;

/** {@code Fastpath.fastpath(int, FastpathArg[])}, where every function call and every large object operation ends. */
public final class FastpathAdvice {

    private FastpathAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    @SuppressWarnings("deprecation")
    public static @Nullable Object enter(@Advice.This Object fastpath, @Advice.Argument(0) int function)
            throws SQLException {
        Object connection = Inside.connectionOf((Fastpath) fastpath);
        String sql = FastpathCalls.sql(function);
        return FastpathCalls.isShown(function)
                ? Channels.enterUnmasked(connection, sql)
                : Channels.enter(connection, sql);
    }

    @Advice.OnMethodExit(inline = false, onThrowable = Throwable.class)
    public static void exit(@Advice.Enter @Nullable Object token, @Advice.Thrown @Nullable Throwable thrown)
            throws SQLException {
        Channels.exit(token, thrown);
    }
}
