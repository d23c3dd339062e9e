package io.sallyport.jdbc.advice;

import io.sallyport.jdbc.execute.ResultWrites;
import java.sql.SQLException;
import net.bytebuddy.asm.Advice;

/** A vendor's way to the values of a result behind its getters. */
public final class RawResultAdvice {

    private RawResultAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static void enter(@Advice.This Object result) throws SQLException {
        ResultWrites.raw(result);
    }
}
