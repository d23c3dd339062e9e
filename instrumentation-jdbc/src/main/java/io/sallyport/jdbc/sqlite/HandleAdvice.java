package io.sallyport.jdbc.sqlite;

import io.sallyport.jdbc.execute.PreparedHandles;
import java.sql.SQLException;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.jspecify.annotations.Nullable;

/** Executions of a prepared statement, whose field {@code pointer} is public. */
public final class HandleAdvice {

    private HandleAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static void enter(
            @Advice.This Object statement,
            @Advice.FieldValue(value = "pointer", typing = Typing.DYNAMIC) @Nullable Object pointer)
            throws SQLException {
        PreparedHandles.demandOwn(statement, pointer);
    }
}
