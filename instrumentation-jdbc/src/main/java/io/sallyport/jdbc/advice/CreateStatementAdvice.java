package io.sallyport.jdbc.advice;

import io.sallyport.jdbc.connect.Connections;
import io.sallyport.jdbc.execute.Statements;
import io.sallyport.jdbc.state.ConnectionState;
import java.sql.SQLException;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.jspecify.annotations.Nullable;

/** {@code Connection.createStatement(…)}. */
public final class CreateStatementAdvice {

    private CreateStatementAdvice() {}

    private static final Object[] NO_KEYS = {};

    @Advice.OnMethodEnter(inline = false)
    public static @Nullable Object enter(@Advice.This Object connection) throws SQLException {
        return Statements.creating(Connections.of(connection));
    }

    @Advice.OnMethodExit(inline = false, onThrowable = Throwable.class)
    public static void exit(
            @Advice.Enter @Nullable Object state,
            @Advice.Return(typing = Typing.DYNAMIC) @Nullable Object statement,
            @Advice.Thrown @Nullable Throwable thrown)
            throws SQLException {
        Statements.created((ConnectionState) state, statement, null, NO_KEYS, thrown);
    }
}
