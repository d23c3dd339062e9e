package io.sallyport.jdbc.advice;

import io.sallyport.jdbc.execute.ResultWrites;
import java.sql.SQLException;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** {@code ResultSet.updateRow()}, {@code insertRow()}, {@code deleteRow()}, {@code refreshRow()}: calls without a statement. */
public final class UpdateRowAdvice {

    private UpdateRowAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static Object enter(@Advice.This Object result, @Advice.Origin("#m") String method) throws SQLException {
        return ResultWrites.enterRow(result, method);
    }

    @Advice.OnMethodExit(inline = false, onThrowable = Throwable.class)
    public static void exit(
            @Advice.Enter Object token, @Advice.This Object result, @Advice.Thrown @Nullable Throwable thrown)
            throws SQLException {
        ResultWrites.exitRow(token, result, thrown);
    }
}
