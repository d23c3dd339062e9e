package io.sallyport.jdbc.advice;

import io.sallyport.jdbc.execute.ResultWrites;
import java.sql.SQLException;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;

/** {@code ResultSet.update…(column, value, …)}. */
public final class UpdateColumnAdvice {

    private UpdateColumnAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static void enter(
            @Advice.This Object result, @Advice.Argument(value = 0, typing = Typing.DYNAMIC) Object column)
            throws SQLException {
        ResultWrites.column(result, column);
    }
}
