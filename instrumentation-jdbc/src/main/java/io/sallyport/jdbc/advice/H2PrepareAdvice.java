package io.sallyport.jdbc.advice;

import io.sallyport.jdbc.connect.H2Engine;
import java.sql.SQLException;
import net.bytebuddy.asm.Advice;

/** A session of H2's engine is about to prepare a text. */
public final class H2PrepareAdvice {

    private H2PrepareAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static void enter(@Advice.This Object session) throws SQLException {
        H2Engine.enterPrepare(session);
    }
}
