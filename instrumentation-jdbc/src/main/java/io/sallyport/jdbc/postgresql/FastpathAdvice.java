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
        return Channels.enter(Inside.connectionOf((Fastpath) fastpath), "CALL fastpath_" + function + "()");
    }

    @Advice.OnMethodExit(inline = false, onThrowable = Throwable.class)
    public static void exit(@Advice.Enter @Nullable Object token, @Advice.Thrown @Nullable Throwable thrown)
            throws SQLException {
        Channels.exit(token, thrown);
    }
}
