package io.sallyport.jdbc.advice;

import io.sallyport.jdbc.connect.Connections;
import io.sallyport.jdbc.execute.RunByPreparing;
import io.sallyport.jdbc.execute.Statements;
import io.sallyport.jdbc.state.ConnectionState;
import java.sql.SQLException;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.jspecify.annotations.Nullable;

/** {@code Connection.prepare…(String, …)}: the statement learns its text. */
public final class PrepareAdvice {

    private PrepareAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static @Nullable Object enter(@Advice.This Object connection, @Advice.Argument(0) @Nullable String sql)
            throws SQLException {
        ConnectionState state = Connections.of(connection);
        RunByPreparing.demand(state, sql);
        return Statements.creating(state);
    }

    @Advice.OnMethodExit(inline = false, onThrowable = Throwable.class)
    public static void exit(
            @Advice.Enter @Nullable Object state,
            @Advice.Argument(0) @Nullable String sql,
            @Advice.AllArguments Object[] arguments,
            @Advice.Return(typing = Typing.DYNAMIC) @Nullable Object statement,
            @Advice.Thrown @Nullable Throwable thrown)
            throws SQLException {
        Statements.created((ConnectionState) state, statement, sql, arguments, thrown);
    }
}
