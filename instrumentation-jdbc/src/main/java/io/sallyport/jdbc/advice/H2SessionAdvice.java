package io.sallyport.jdbc.advice;

import io.sallyport.jdbc.connect.H2Engine;
import java.sql.SQLException;
import net.bytebuddy.asm.Advice;

/** {@code JdbcConnection.getSession()} of H2. */
public final class H2SessionAdvice {

    private H2SessionAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static void enter(@Advice.This Object connection) throws SQLException {
        H2Engine.enterSession(connection);
    }
}
