package io.sallyport.jdbc.sqlite;

import io.sallyport.jdbc.connect.ConnectFlow;
import java.sql.SQLException;
import java.util.Properties;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.Advice.AssignReturned.ToArguments.ToArgument;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.jspecify.annotations.Nullable;

/** {@code JDBC.createConnection(String, Properties)}, which is static. */
public final class CreateConnectionAdvice {

    private CreateConnectionAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    @Advice.AssignReturned.ToArguments(@ToArgument(value = 1, index = 2, typing = Typing.DYNAMIC))
    public static @Nullable Object @Nullable [] enter(
            @Advice.Argument(0) @Nullable String url, @Advice.Argument(1) @Nullable Properties info)
            throws SQLException {
        return ConnectFlow.enterGiven(url, info);
    }

    @Advice.OnMethodExit(inline = false, onThrowable = Throwable.class)
    public static void exit(
            @Advice.Enter @Nullable Object @Nullable [] entered,
            @Advice.Return(typing = Typing.DYNAMIC) @Nullable Object returned,
            @Advice.Thrown @Nullable Throwable thrown)
            throws SQLException {
        ConnectFlow.exit(entered == null ? null : entered[0], returned, thrown);
    }
}
