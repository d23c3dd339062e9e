package io.sallyport.jdbc.postgresql;

import io.sallyport.jdbc.connect.DriverCode;
import io.sallyport.jdbc.connect.SocketCheck;
import io.sallyport.jdbc.execute.DriverCalls;
import io.sallyport.jdbc.state.ConnectionState;
import java.sql.SQLException;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.Query;
import org.postgresql.core.QueryExecutor;
import org.postgresql.jdbc.PreferQueryMode;

/** {@code QueryExecutorImpl.execute}, {@code startCopy} and {@code fastpathCall}: where pgjdbc's own classes send from. */
public final class ExecutorAdvice {

    /** {@code QueryExecutorImpl} goes back to it by itself, inside the execution that failed. */
    private static final String AUTOSAVE = "ROLLBACK TO SAVEPOINT PGJDBC_AUTOSAVE";

    private static final int FLAGS = 5;

    private ExecutorAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static @Nullable Object enter(@Advice.This Object executor, @Advice.AllArguments Object[] arguments)
            throws SQLException {
        Object sent = arguments[0];
        if (DriverCalls.isInside(executor, sent) || isAutosave(sent) || isDescription(executor, arguments)) {
            return null;
        }
        return DriverCalls.enter(
                executor,
                sent,
                () -> stranger((QueryExecutor) executor),
                (connection, inside) -> SentQueries.demand((QueryExecutor) executor, arguments, connection, inside));
    }

    @Advice.OnMethodExit(inline = false, onThrowable = Throwable.class)
    public static void exit(@Advice.Enter(typing = Typing.DYNAMIC) @Nullable Object token) {
        DriverCalls.exit(token);
    }

    private static boolean isAutosave(Object sent) {
        return sent instanceof Query query
                && DriverCode.isOf(Query.class, query.getClass())
                && query.getNativeSql().equals(AUTOSAVE);
    }

    /** {@code PreparedStatement.getMetaData}: parsed and described, not run. The simple protocol knows no such thing. */
    private static boolean isDescription(Object executor, Object[] arguments) {
        return arguments[0] instanceof Query
                && arguments.length > FLAGS
                && arguments[FLAGS] instanceof Integer flags
                && (flags & QueryExecutor.QUERY_DESCRIBE_ONLY) != 0
                && (flags & QueryExecutor.QUERY_EXECUTE_AS_SIMPLE) == 0
                && ((QueryExecutor) executor).getPreferQueryMode() != PreferQueryMode.SIMPLE;
    }

    /** An executor that was opened without a connection. */
    private static ConnectionState stranger(QueryExecutor executor) {
        return SocketCheck.unopened(
                executor.getHostSpec().getHost(),
                executor.getHostSpec().getPort(),
                executor.getUser(),
                executor.getDatabase());
    }
}
