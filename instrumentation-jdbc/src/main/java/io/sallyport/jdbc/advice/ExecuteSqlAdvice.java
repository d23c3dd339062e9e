package io.sallyport.jdbc.advice;

import io.sallyport.bootstrap.SallyportState;
import io.sallyport.jdbc.execute.Executions;
import java.sql.SQLException;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.jspecify.annotations.Nullable;

/** {@code Statement.execute…(String, …)}, with or without a request for generated keys. */
public final class ExecuteSqlAdvice {

    private ExecuteSqlAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static Object enter(
            @Advice.This Object statement,
            @Advice.FieldValue(value = SallyportState.FIELD, typing = Typing.DYNAMIC) @Nullable Object state,
            @Advice.Argument(0) @Nullable String sql,
            @Advice.AllArguments Object[] arguments)
            throws SQLException {
        return Executions.enterSql(statement, state, sql, arguments, true);
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
