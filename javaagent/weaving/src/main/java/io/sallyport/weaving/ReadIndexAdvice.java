package io.sallyport.weaving;

import io.sallyport.bootstrap.SallyportGate;
import io.sallyport.bootstrap.SallyportReader;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.Nullable;

/** Getters that take an index and return whatever else; see {@link ReadAdvice}. */
final class ReadIndexAdvice {

    private ReadIndexAdvice() {}

    @Advice.OnMethodEnter
    static @Nullable SallyportReader enter(
            @Advice.This Object carrier, @ReadAdvice.State Object state, @Advice.Argument(0) int column) {
        return state == SallyportGate.NOTHING ? null : SallyportGate.enter(carrier, state, column);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class)
    static void exit(
            @Advice.Enter SallyportReader reader,
            @Advice.This Object carrier,
            @Advice.Origin("#m") String method,
            @Advice.Origin("#r") String returnType,
            @Advice.Argument(value = 0, typing = Assigner.Typing.DYNAMIC) Object column,
            @Advice.Return(readOnly = false, typing = Assigner.Typing.DYNAMIC) Object value,
            @Advice.Thrown Throwable thrown) {
        if (reader != null) {
            value = reader.exit(carrier, method, returnType, column, null, value, thrown);
        }
    }
}
