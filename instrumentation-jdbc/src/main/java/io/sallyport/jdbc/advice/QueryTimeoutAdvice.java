package io.sallyport.jdbc.advice;

import io.sallyport.jdbc.execute.Statements;
import io.sallyport.jdbc.state.StatementState;
import net.bytebuddy.asm.Advice;

/** {@code Statement.setQueryTimeout(int)}: a caller does not wait for approval longer than for the query. */
public final class QueryTimeoutAdvice {

    private QueryTimeoutAdvice() {}

    @Advice.OnMethodExit(inline = false)
    public static void exit(@Advice.This Object statement, @Advice.Argument(0) int seconds) {
        StatementState state = Statements.known(statement);
        if (state != null) {
            state.timeoutMillis(seconds * 1000L);
        }
    }
}
