package io.sallyport.weaving;

import io.sallyport.bootstrap.SallyportGate;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;

/**
 * The only advice that is inlined: on the fast path a getter reads one field and compares it. It may name nothing but the
 * bootstrap gate.
 */
final class ReadAdvice {

    /** Binds a parameter to the injected state field. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.PARAMETER)
    @interface State {}

    private ReadAdvice() {}

    @Advice.OnMethodEnter
    static @org.jspecify.annotations.Nullable Object enter(
            @Advice.This Object carrier,
            @State Object state,
            @Advice.Argument(value = 0, optional = true, typing = Assigner.Typing.DYNAMIC) Object column) {
        return state == SallyportGate.NOTHING ? null : SallyportGate.enter(carrier, state, column);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class)
    static void exit(
            @Advice.Enter Object token,
            @Advice.This Object carrier,
            @Advice.Origin("#m") String method,
            @Advice.Origin("#r") String returnType,
            @Advice.AllArguments Object[] arguments,
            @Advice.Return(readOnly = false, typing = Assigner.Typing.DYNAMIC) Object value,
            @Advice.Thrown Throwable thrown) {
        if (token != null) {
            value = SallyportGate.exit(token, carrier, method, returnType, arguments, value, thrown);
        }
    }
}
