package io.sallyport.jdbc.advice;

import io.sallyport.jdbc.execute.WithheldWarnings;
import java.sql.SQLWarning;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** {@code getWarnings()} of a connection, a statement or a result set. */
public final class WarningsAdvice {

    private WarningsAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static @Nullable Object enter(@Advice.This Object carrier) {
        return WithheldWarnings.ask(carrier);
    }

    @Advice.OnMethodExit(inline = false, onThrowable = Throwable.class)
    @Advice.AssignReturned.ToReturned
    public static @Nullable SQLWarning exit(
            @Advice.Enter @Nullable Object token,
            @Advice.This Object carrier,
            @Advice.Return @Nullable SQLWarning returned) {
        return WithheldWarnings.inPlaceOf(token, carrier, returned);
    }
}
