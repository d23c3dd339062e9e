package io.sallyport.jdbc.postgresql;

import io.sallyport.jdbc.execute.DriverCalls;
import java.sql.SQLException;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.jspecify.annotations.Nullable;

/** {@code PgConnection.getQueryExecutor()}. */
public final class OwnExecutorAdvice {

    private OwnExecutorAdvice() {}

    @Advice.OnMethodExit(inline = false)
    public static void exit(
            @Advice.This Object connection, @Advice.Return(typing = Typing.DYNAMIC) @Nullable Object executor)
            throws SQLException {
        DriverCalls.owned(executor, connection);
    }
}
