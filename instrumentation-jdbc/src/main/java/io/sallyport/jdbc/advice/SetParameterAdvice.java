package io.sallyport.jdbc.advice;

import io.sallyport.bootstrap.SallyportState;
import io.sallyport.jdbc.execute.ParameterSetters;
import java.sql.SQLException;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.jspecify.annotations.Nullable;

/** {@code PreparedStatement.set…(index or name, value, …)}; counts once the driver has taken it. */
public final class SetParameterAdvice {

    private SetParameterAdvice() {}

    @Advice.OnMethodExit(inline = false)
    public static void exit(
            @Advice.This Object statement,
            @Advice.FieldValue(value = SallyportState.FIELD, typing = Typing.DYNAMIC) @Nullable Object state,
            @Advice.Argument(value = 0, typing = Typing.DYNAMIC) Object parameter,
            @Advice.Argument(value = 1, typing = Typing.DYNAMIC) @Nullable Object value)
            throws SQLException {
        ParameterSetters.set(statement, state, parameter, value);
    }
}
