package io.sallyport.jdbc.sqlite;

import io.sallyport.jdbc.connect.Connections;
import java.sql.SQLException;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** {@code Function.create(Connection, String, …)} and {@code Collation.create(Connection, String, …)}. */
public final class CallbackAdvice {

    private CallbackAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static void enter(@Advice.Argument(0) @Nullable Object connection, @Advice.Origin("#t") String type)
            throws SQLException {
        Connections.demandAllowed(connection, type.substring(type.lastIndexOf('.') + 1));
    }
}
