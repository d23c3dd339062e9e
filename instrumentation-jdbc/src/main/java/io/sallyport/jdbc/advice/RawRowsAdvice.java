package io.sallyport.jdbc.advice;

import io.sallyport.jdbc.execute.ResultWrites;
import java.sql.SQLException;
import net.bytebuddy.asm.Advice;

/** A vendor's way to the rows of a result behind its getters, which its own classes go as well. */
public final class RawRowsAdvice {

    private RawRowsAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static void enter(@Advice.This Object result) throws SQLException {
        ResultWrites.rawRows(result);
    }
}
