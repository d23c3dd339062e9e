package io.sallyport.jdbc.advice;

import io.sallyport.jdbc.read.LateErrors;
import java.sql.SQLException;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Methods that give no values, but may have the driver fetch rows or the next result: {@code isLast()}, {@code getMoreResults()}, {@code close()}, …. */
public final class LateErrorAdvice {

    private LateErrorAdvice() {}

    @Advice.OnMethodExit(inline = false, onThrowable = Throwable.class)
    public static void exit(@Advice.This Object carrier, @Advice.Thrown @Nullable Throwable thrown)
            throws SQLException {
        if (thrown != null) {
            LateErrors.withhold(carrier, thrown);
        }
    }
}
