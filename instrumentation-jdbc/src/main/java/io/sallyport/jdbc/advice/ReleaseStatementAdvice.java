package io.sallyport.jdbc.advice;

import io.sallyport.jdbc.execute.Statements;
import io.sallyport.jdbc.state.StatementState;
import net.bytebuddy.asm.Advice;

/** {@code Statement.cancel()} and {@code close()}: nobody waits for a statement that was given up. */
public final class ReleaseStatementAdvice {

    private ReleaseStatementAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static void enter(@Advice.This Object statement) {
        StatementState state = Statements.known(statement);
        if (state != null) {
            state.waiting().giveUp("the statement was cancelled or closed");
            state.endReading();
        }
    }
}
