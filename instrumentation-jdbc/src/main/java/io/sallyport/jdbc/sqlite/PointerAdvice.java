package io.sallyport.jdbc.sqlite;

import io.sallyport.jdbc.execute.DriverOnly;
import java.sql.SQLException;
import net.bytebuddy.asm.Advice;

/** {@code SafeStmtPtr.safeRun…(function)}. */
public final class PointerAdvice {

    private PointerAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static void enter(@Advice.This Object pointer, @Advice.Argument(0) Object function) throws SQLException {
        DriverOnly.demandCode(pointer, function);
    }
}
