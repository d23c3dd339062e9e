package io.sallyport.jdbc.advice;

import io.sallyport.jdbc.read.TypeMaps;
import java.sql.SQLException;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.jspecify.annotations.Nullable;

/** {@code getObject}, {@code getArray} and their like, of drivers that may build objects of the application's classes. */
public final class TypeMapAdvice {

    private TypeMapAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static void enter(
            @Advice.This Object carrier,
            @Advice.Argument(value = 0, typing = Typing.DYNAMIC) @Nullable Object column,
            @Advice.Argument(value = 1, typing = Typing.DYNAMIC, optional = true) @Nullable Object how)
            throws SQLException {
        TypeMaps.demandClear(carrier, column, how);
    }
}
