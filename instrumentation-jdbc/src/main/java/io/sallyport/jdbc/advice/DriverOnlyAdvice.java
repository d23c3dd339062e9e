package io.sallyport.jdbc.advice;

import io.sallyport.jdbc.execute.DriverOnly;
import java.sql.SQLException;
import net.bytebuddy.asm.Advice;

/** A method that hands out what a driver works with, and that only the driver's own classes may call. */
public final class DriverOnlyAdvice {

    private DriverOnlyAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static void enter(@Advice.This Object carrier) throws SQLException {
        DriverOnly.demandCaller(carrier);
    }
}
