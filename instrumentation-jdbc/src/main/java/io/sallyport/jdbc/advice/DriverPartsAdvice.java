package io.sallyport.jdbc.advice;

import io.sallyport.jdbc.execute.DriverOnly;
import java.sql.SQLException;
import net.bytebuddy.asm.Advice;

/** {@link DriverOnlyAdvice} for what a driver asks its own statements many times while it prepares or executes them. */
public final class DriverPartsAdvice {

    private DriverPartsAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static void enter(@Advice.This Object statement) throws SQLException {
        DriverOnly.demandCallerBetweenCalls(statement);
    }
}
