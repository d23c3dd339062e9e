package io.sallyport.jdbc.advice;

import io.sallyport.jdbc.execute.DriverCalls;
import java.sql.SQLException;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.jspecify.annotations.Nullable;

/** A command of H2's engine is about to run; a remote one that was closed has no session. */
public final class H2CommandAdvice {

    private H2CommandAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static void enter(@Advice.FieldValue(value = "session", typing = Typing.DYNAMIC) @Nullable Object session)
            throws SQLException {
        if (session != null) {
            DriverCalls.demandAccount(session);
        }
    }
}
