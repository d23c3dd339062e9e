package io.sallyport.jdbc.sqlite;

import io.sallyport.jdbc.execute.DriverOnly;
import java.sql.SQLException;
import net.bytebuddy.asm.Advice;

/** {@code DB.open(String, int)}. */
public final class OpenAdvice {

    private OpenAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static void enter(@Advice.This Object database) throws SQLException {
        DriverOnly.demandOpening(database);
    }
}
