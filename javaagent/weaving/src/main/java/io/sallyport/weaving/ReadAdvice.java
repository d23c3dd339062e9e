package io.sallyport.weaving;

import io.sallyport.bootstrap.SallyportGate;
import io.sallyport.bootstrap.SallyportReader;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.Nullable;

/**
 * Getters of any signature. This advice and its twins for single signatures ({@link ReadShape}) are the only ones that are inlined:
 * on the fast path a getter reads one field and compares it. They may name nothing but the bootstrap classes.
 */
final class ReadAdvice {

    /** Binds a parameter to the injected state field. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.PARAMETER)
    @interface State {}

    private ReadAdvice() {}

    @Advice.OnMethodEnter
    static @Nullable SallyportReader enter(
            @Advice.This Object carrier,
            @State Object state,
            @Advice.Argument(value = 0, optional = true, typing = Assigner.Typing.DYNAMIC) Object column) {
        return state == SallyportGate.NOTHING ? null : SallyportGate.enter(carrier, state, column);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class)
    static void exit(
            @Advice.Enter SallyportReader reader,
            @Advice.This Object carrier,
            @Advice.Origin("#m") String method,
            @Advice.Origin("#r") String returnType,
            @Advice.Argument(value = 0, optional = true, typing = Assigner.Typing.DYNAMIC) Object column,
            @Advice.Argument(value = 1, optional = true, typing = Assigner.Typing.DYNAMIC) Object second,
            @Advice.Return(readOnly = false, typing = Assigner.Typing.DYNAMIC) Object value,
            @Advice.Thrown Throwable thrown) {
        if (reader != null) {
            value = reader.exit(carrier, method, returnType, column, second, value, thrown);
        }
    }
}
