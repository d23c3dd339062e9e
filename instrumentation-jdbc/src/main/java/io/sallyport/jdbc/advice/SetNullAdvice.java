package io.sallyport.jdbc.advice;

import io.sallyport.bootstrap.SallyportState;
import io.sallyport.jdbc.execute.ParameterSetters;
import java.sql.SQLException;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.jspecify.annotations.Nullable;

/** {@code PreparedStatement.setNull(index or name, type, …)}: the second argument is no value. */
public final class SetNullAdvice {

    private SetNullAdvice() {}

    @Advice.OnMethodExit(inline = false)
    public static void exit(
            @Advice.This Object statement,
            @Advice.FieldValue(value = SallyportState.FIELD, typing = Typing.DYNAMIC) @Nullable Object state,
            @Advice.Argument(value = 0, typing = Typing.DYNAMIC) Object parameter)
            throws SQLException {
        ParameterSetters.set(statement, state, parameter, null);
    }
}
