package io.sallyport.jdbc.advice;

import io.sallyport.bootstrap.SallyportState;
import io.sallyport.jdbc.execute.Batches;
import java.sql.SQLException;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.jspecify.annotations.Nullable;

/** {@code Statement.addBatch(String)}; counts once the driver has taken it. */
public final class AddBatchSqlAdvice {

    private AddBatchSqlAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static @Nullable Object enter(
            @Advice.This Object statement,
            @Advice.FieldValue(value = SallyportState.FIELD, typing = Typing.DYNAMIC) @Nullable Object state)
            throws SQLException {
        return Batches.changing(statement, state);
    }

    @Advice.OnMethodExit(inline = false, onThrowable = Throwable.class)
    public static void exit(
            @Advice.Enter @Nullable Object token,
            @Advice.This Object statement,
            @Advice.Argument(0) @Nullable String sql,
            @Advice.Thrown @Nullable Throwable thrown)
            throws SQLException {
        Batches.added(token, statement, sql, thrown);
    }
}
