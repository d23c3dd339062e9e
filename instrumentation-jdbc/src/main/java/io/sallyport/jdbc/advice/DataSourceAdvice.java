package io.sallyport.jdbc.advice;

import io.sallyport.jdbc.connect.DataSources;
import java.sql.SQLException;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.jspecify.annotations.Nullable;

/** {@code DataSource.getConnection} of drivers whose data source does not ask their {@code Driver}. */
public final class DataSourceAdvice {

    private DataSourceAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static @Nullable Object enter(@Advice.This Object source, @Advice.AllArguments Object[] arguments)
            throws SQLException {
        return DataSources.enter(source, arguments);
    }

    @Advice.OnMethodExit(inline = false, onThrowable = Throwable.class)
    public static void exit(
            @Advice.Enter @Nullable Object token,
            @Advice.Return(typing = Typing.DYNAMIC) @Nullable Object returned,
            @Advice.Thrown @Nullable Throwable thrown)
            throws SQLException {
        DataSources.exit(token, returned, thrown);
    }
}
