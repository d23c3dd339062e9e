package io.sallyport.jdbc.advice;

import io.sallyport.jdbc.execute.ParameterSetters;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;

/** {@code PreparedStatement.setNull(index or name, type, …)}: the second argument is no value. */
public final class SetNullAdvice {

    private SetNullAdvice() {}

    @Advice.OnMethodExit(inline = false)
    public static void exit(
            @Advice.This Object statement, @Advice.Argument(value = 0, typing = Typing.DYNAMIC) Object parameter) {
        ParameterSetters.set(statement, parameter, null);
    }
}
