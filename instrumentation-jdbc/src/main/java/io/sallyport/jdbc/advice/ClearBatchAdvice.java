package io.sallyport.jdbc.advice;

import io.sallyport.bootstrap.SallyportState;
import io.sallyport.jdbc.execute.Batches;
import java.sql.SQLException;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.jspecify.annotations.Nullable;

/** {@code Statement.clearBatch()}. */
public final class ClearBatchAdvice {

    private ClearBatchAdvice() {}

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
            @Advice.Thrown @Nullable Throwable thrown) {
        Batches.cleared(token, statement, thrown);
    }
}
