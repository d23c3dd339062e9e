package io.sallyport.jdbc.advice;

import io.sallyport.bootstrap.SallyportState;
import io.sallyport.jdbc.execute.ParameterSetters;
import java.sql.SQLException;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.Advice.AssignReturned.ToArguments.ToArgument;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.jspecify.annotations.Nullable;

/** {@code PreparedStatement.set…(index or name, stream or reader, …)}, {@code setObject}: what can be read once only is read through ours. */
public final class SetStreamAdvice {

    private SetStreamAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    @Advice.AssignReturned.ToArguments(@ToArgument(value = 1, typing = Typing.DYNAMIC))
    public static @Nullable Object enter(
            @Advice.This Object statement, @Advice.Argument(value = 1, typing = Typing.DYNAMIC) @Nullable Object value)
            throws SQLException {
        return ParameterSetters.foreseen(statement, value);
    }

    @Advice.OnMethodExit(inline = false)
    public static void exit(
            @Advice.This Object statement,
            @Advice.FieldValue(value = SallyportState.FIELD, typing = Typing.DYNAMIC) @Nullable Object state,
            @Advice.Argument(value = 0, typing = Typing.DYNAMIC) Object parameter,
            @Advice.Enter @Nullable Object value)
            throws SQLException {
        ParameterSetters.set(statement, state, parameter, value);
    }
}
