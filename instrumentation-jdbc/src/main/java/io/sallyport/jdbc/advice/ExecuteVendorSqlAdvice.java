package io.sallyport.jdbc.advice;

import io.sallyport.jdbc.execute.Executions;
import java.sql.SQLException;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.jspecify.annotations.Nullable;

/** A vendor's own method of a statement that takes SQL and other arguments than JDBC's. */
public final class ExecuteVendorSqlAdvice {

    private ExecuteVendorSqlAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static Object enter(
            @Advice.This Object statement,
            @Advice.Argument(0) @Nullable String sql,
            @Advice.AllArguments Object[] arguments)
            throws SQLException {
        return Executions.enterSql(statement, sql, arguments, false);
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
