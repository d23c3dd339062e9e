package io.sallyport.jdbc.advice;

import io.sallyport.jdbc.execute.WithheldWarnings;
import java.sql.SQLWarning;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** {@code getWarnings()} of a connection, a statement or a result set. */
public final class WarningsAdvice {

    private WarningsAdvice() {}

    @Advice.OnMethodExit(inline = false)
    @Advice.AssignReturned.ToReturned
    public static @Nullable SQLWarning exit(@Advice.This Object carrier, @Advice.Return @Nullable SQLWarning returned) {
        return WithheldWarnings.inPlaceOf(carrier, returned);
    }
}
