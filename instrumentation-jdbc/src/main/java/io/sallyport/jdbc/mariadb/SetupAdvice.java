package io.sallyport.jdbc.mariadb;

import io.sallyport.jdbc.connect.PhysicalConnect;
import java.sql.SQLException;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.jspecify.annotations.Nullable;

/** {@code StandardClient.setupConnection(boolean)}: each physical connection, the first and those after a failure. */
public final class SetupAdvice {

    private SetupAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static @Nullable Object enter(
            @Advice.This(typing = Typing.DYNAMIC) Object client,
            @Advice.FieldValue(value = "conf", typing = Typing.DYNAMIC) Object configuration,
            @Advice.FieldValue(value = "hostAddress", typing = Typing.DYNAMIC) Object address)
            throws SQLException {
        return PhysicalConnect.enter(client, Places.of(configuration, address));
    }

    @Advice.OnMethodExit(inline = false, onThrowable = Throwable.class)
    public static void exit(
            @Advice.Enter(typing = Typing.DYNAMIC) @Nullable Object token,
            @Advice.This(typing = Typing.DYNAMIC) Object client,
            @Advice.Thrown @Nullable Throwable thrown)
            throws SQLException {
        PhysicalConnect.exit(token, client, client, thrown);
    }
}
