package io.sallyport.jdbc.advice;

import io.sallyport.jdbc.connect.H2Engine;
import java.sql.SQLException;
import net.bytebuddy.asm.Advice;

/** Tools of H2 that work on database files. */
public final class H2ToolAdvice {

    private H2ToolAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static void enter(@Advice.Origin("#t") String tool) throws SQLException {
        H2Engine.enterTool(tool);
    }
}
