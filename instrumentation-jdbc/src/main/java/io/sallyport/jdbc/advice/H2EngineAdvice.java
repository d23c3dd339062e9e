package io.sallyport.jdbc.advice;

import io.sallyport.jdbc.connect.H2Engine;
import java.sql.SQLException;
import net.bytebuddy.asm.Advice;

/** A session of H2's engine is about to be opened. */
public final class H2EngineAdvice {

    private H2EngineAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static void enter(@Advice.Origin("#t") String engine) throws SQLException {
        H2Engine.enterEngine(engine);
    }
}
