package io.sallyport.jdbc.advice;

import io.sallyport.jdbc.read.Calendars;
import java.sql.SQLException;
import java.util.Calendar;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.Advice.AssignReturned.ToArguments.ToArgument;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.jspecify.annotations.Nullable;

/** {@code getDate}, {@code getTime} and {@code getTimestamp} with a {@code Calendar}: the driver may get another one. */
public final class CalendarAdvice {

    private CalendarAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    @Advice.AssignReturned.ToArguments(@ToArgument(value = 1, typing = Typing.DYNAMIC))
    public static @Nullable Calendar enter(
            @Advice.This Object carrier,
            @Advice.Argument(value = 0, typing = Typing.DYNAMIC) @Nullable Object column,
            @Advice.Argument(1) @Nullable Calendar calendar)
            throws SQLException {
        return Calendars.forDriver(carrier, column, calendar);
    }
}
