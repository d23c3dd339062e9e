package io.sallyport.weaving;

import io.sallyport.bootstrap.SallyportGate;
import io.sallyport.bootstrap.SallyportReader;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** {@code getLong(int)}; see {@link ReadAdvice}. */
final class ReadLongAdvice {

    private ReadLongAdvice() {}

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
            @Advice.Argument(0) int column,
            @Advice.Return(readOnly = false) long value,
            @Advice.Thrown Throwable thrown) {
        if (reader != null) {
            value = reader.whole(carrier, method, column, value, thrown);
        }
    }
}
