package io.sallyport.jdbc.advice;

import io.sallyport.jdbc.execute.Results;
import java.sql.SQLException;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.jspecify.annotations.Nullable;

/** {@code Statement.getResultSet()} and {@code getGeneratedKeys()}. */
public final class ResultAdvice {

    private ResultAdvice() {}

    @Advice.OnMethodExit(inline = false)
    public static void exit(
            @Advice.This Object statement, @Advice.Return(typing = Typing.DYNAMIC) @Nullable Object returned)
            throws SQLException {
        Results.attachLast(statement, returned);
    }
}
