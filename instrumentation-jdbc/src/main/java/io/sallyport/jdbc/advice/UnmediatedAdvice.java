package io.sallyport.jdbc.advice;

import io.sallyport.jdbc.execute.DriverOnly;
import java.sql.SQLException;
import net.bytebuddy.asm.Advice;

/** A vendor's method that sends or reads where no verdict and no mask can be. */
public final class UnmediatedAdvice {

    private UnmediatedAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static void enter(@Advice.This Object carrier, @Advice.Origin("#m") String method) throws SQLException {
        DriverOnly.demandAllowed(carrier, method);
    }
}
