package io.sallyport.jdbc.mariadb;

import io.sallyport.jdbc.execute.ErrorEvents;
import java.sql.SQLException;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.Advice.AssignReturned.ToArguments.ToArgument;
import org.jspecify.annotations.Nullable;

/** {@code MariaDbPoolConnection.fireStatementErrorOccurred(statement, SQLException)}. */
public final class StatementErrorAdvice {

    private StatementErrorAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    @Advice.AssignReturned.ToArguments(@ToArgument(1))
    public static @Nullable SQLException enter(
            @Advice.This Object pooled, @Advice.Argument(1) @Nullable SQLException thrown) {
        return ErrorEvents.told(pooled, thrown);
    }
}
