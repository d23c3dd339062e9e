package io.sallyport.jdbc.advice;

import io.sallyport.jdbc.execute.Statements;
import io.sallyport.jdbc.state.StatementState;
import net.bytebuddy.asm.Advice;

/** {@code Statement.clearBatch()}. */
public final class ClearBatchAdvice {

    private ClearBatchAdvice() {}

    @Advice.OnMethodExit(inline = false)
    public static void exit(@Advice.This Object statement) {
        StatementState state = Statements.known(statement);
        if (state != null) {
            state.clearBatch();
        }
    }
}
