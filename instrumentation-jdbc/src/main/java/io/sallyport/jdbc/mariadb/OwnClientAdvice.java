package io.sallyport.jdbc.mariadb;

import io.sallyport.jdbc.execute.DriverCalls;
import java.sql.SQLException;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.jspecify.annotations.Nullable;

/** {@code Connection.getClient()}. */
public final class OwnClientAdvice {

    private OwnClientAdvice() {}

    @Advice.OnMethodExit(inline = false)
    public static void exit(
            @Advice.This Object connection, @Advice.Return(typing = Typing.DYNAMIC) @Nullable Object client)
            throws SQLException {
        DriverCalls.owned(client, connection);
    }
}
