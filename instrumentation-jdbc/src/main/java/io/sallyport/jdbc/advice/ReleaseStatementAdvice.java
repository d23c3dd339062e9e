package io.sallyport.jdbc.advice;

import io.sallyport.jdbc.execute.Statements;
import io.sallyport.jdbc.state.StatementState;
import net.bytebuddy.asm.Advice;

/** {@code Statement.cancel()} and {@code close()}: nobody waits for a statement that was given up. */
public final class ReleaseStatementAdvice {

    private static final String GIVEN_UP = "the statement was cancelled or closed";

    private ReleaseStatementAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static void enter(@Advice.This Object statement, @Advice.Origin("#m") String method) {
        StatementState state = Statements.known(statement);
        if (state == null) {
            return;
        }
        if (method.equals("close")) {
            state.close(GIVEN_UP);
        } else {
            state.waiting().giveUp(GIVEN_UP);
        }
        state.endReading();
    }
}
