package io.sallyport.jdbc.postgresql;

import io.sallyport.jdbc.execute.Executions;
import java.sql.SQLException;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.CachedQuery;

/** {@code PgStatement.executeWithFlags(CachedQuery, int)}. */
public final class CachedQueryAdvice {

    private CachedQueryAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static Object enter(@Advice.This Object statement, @Advice.Argument(0) Object query) throws SQLException {
        return Executions.enterTranslated(statement, ((CachedQuery) query).query.getNativeSql());
    }

    @Advice.OnMethodExit(inline = false, onThrowable = Throwable.class)
    public static void exit(
            @Advice.Enter Object token,
            @Advice.This Object statement,
            @Advice.Return(typing = Typing.DYNAMIC) @Nullable Object returned,
            @Advice.Thrown @Nullable Throwable thrown)
            throws SQLException {
        Executions.exit(token, statement, returned, thrown);
    }
}
