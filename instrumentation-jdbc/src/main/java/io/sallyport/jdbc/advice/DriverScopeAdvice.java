package io.sallyport.jdbc.advice;

import io.sallyport.jdbc.connect.Connections;
import io.sallyport.jdbc.execute.DriverScope;
import io.sallyport.jdbc.state.ConnectionState;
import java.sql.SQLException;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Methods of a connection behind which a driver runs statements of its own: {@code isValid}, {@code setReadOnly}, …. */
public final class DriverScopeAdvice {

    private DriverScopeAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static @Nullable Object enter(@Advice.This Object connection) throws SQLException {
        ConnectionState state = Connections.of(connection);
        return state == null ? null : DriverScope.open(state);
    }

    @Advice.OnMethodExit(inline = false, onThrowable = Throwable.class)
    public static void exit(@Advice.Enter @Nullable Object scope) {
        if (scope != null) {
            ((DriverScope) scope).close();
        }
    }
}
