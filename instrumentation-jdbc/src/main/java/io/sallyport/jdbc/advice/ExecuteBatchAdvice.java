package io.sallyport.jdbc.advice;

import io.sallyport.bootstrap.SallyportState;
import io.sallyport.jdbc.execute.Executions;
import java.sql.SQLException;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.jspecify.annotations.Nullable;

/** {@code Statement.executeBatch()} and {@code executeLargeBatch()}. */
public final class ExecuteBatchAdvice {

    private ExecuteBatchAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static Object enter(
            @Advice.This Object statement,
            @Advice.FieldValue(value = SallyportState.FIELD, typing = Typing.DYNAMIC) @Nullable Object state)
            throws SQLException {
        return Executions.enterBatch(statement, state);
    }

    @Advice.OnMethodExit(inline = false, onThrowable = Throwable.class)
    public static void exit(
            @Advice.Enter Object token,
            @Advice.This Object statement,
            @Advice.Return(typing = Typing.DYNAMIC) @Nullable Object returned,
            @Advice.Thrown @Nullable Throwable thrown)
            throws SQLException {
        Executions.exit(token, statement, returned, thrown);
    }
}
