package io.sallyport.jdbc.advice;

import io.sallyport.jdbc.connect.Connections;
import io.sallyport.jdbc.connect.KnownWrappers;
import io.sallyport.jdbc.execute.DriverScope;
import io.sallyport.jdbc.state.ConnectionState;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** {@code DatabaseMetaData.get…(…)}: catalogue queries that a driver runs on its own account. */
public final class DatabaseMetaDataAdvice {

    private DatabaseMetaDataAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static @Nullable Object enter(@Advice.This Object about) throws SQLException {
        if (KnownWrappers.handle(about)) {
            return null;
        }
        ConnectionState state = Connections.behind(((DatabaseMetaData) about).getConnection());
        return state == null ? null : DriverScope.open(state);
    }

    @Advice.OnMethodExit(inline = false, onThrowable = Throwable.class)
    public static void exit(@Advice.Enter @Nullable Object scope) {
        if (scope != null) {
            ((DriverScope) scope).close();
        }
    }
}
