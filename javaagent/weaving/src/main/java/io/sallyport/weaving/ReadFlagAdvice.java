package io.sallyport.weaving;

import io.sallyport.bootstrap.SallyportGate;
import io.sallyport.bootstrap.SallyportReader;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** {@code next()}, {@code wasNull()} and others that take nothing and return a truth value; see {@link ReadAdvice}. */
final class ReadFlagAdvice {

    private ReadFlagAdvice() {}

    @Advice.OnMethodEnter
    static @Nullable SallyportReader enter(@Advice.This Object carrier, @ReadAdvice.State Object state) {
        return state == SallyportGate.NOTHING ? null : SallyportGate.enter(carrier, state, null);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class)
    static void exit(
            @Advice.Enter SallyportReader reader,
            @Advice.This Object carrier,
            @Advice.Origin("#m") String method,
            @Advice.Return(readOnly = false) boolean value,
            @Advice.Thrown Throwable thrown) {
        if (reader != null) {
            value = reader.flag(carrier, method, value, thrown);
        }
    }
}
