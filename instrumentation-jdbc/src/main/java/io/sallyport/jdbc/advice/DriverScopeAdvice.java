package io.sallyport.jdbc.advice;

import io.sallyport.jdbc.execute.DriverScope;
import java.sql.SQLException;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Methods of a connection behind which a driver runs statements of its own: {@code isValid}, {@code setReadOnly}, …. */
public final class DriverScopeAdvice {

    private DriverScopeAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static @Nullable Object enter(
            @Advice.This Object connection, @Advice.Origin("#m") String method, @Advice.AllArguments Object[] arguments)
            throws SQLException {
        return DriverScope.enter(connection, method, arguments);
    }

    @Advice.OnMethodExit(inline = false, onThrowable = Throwable.class)
    public static void exit(@Advice.Enter @Nullable Object scope, @Advice.Thrown @Nullable Throwable thrown)
            throws SQLException {
        DriverScope.exit(scope, thrown);
    }
}
