package io.sallyport.jdbc.postgresql;

import io.sallyport.jdbc.execute.Channels;
import java.sql.SQLException;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** {@code V3ReplicationProtocol.initializeReplication(String, …)}: rows as they are stored, so none under a mask. */
public final class ReplicationAdvice {

    private ReplicationAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static @Nullable Object enter(@Advice.This Object protocol, @Advice.Argument(0) String sql)
            throws SQLException {
        return Channels.enterOwned(Inside.executorOf(protocol), sql);
    }

    @Advice.OnMethodExit(inline = false, onThrowable = Throwable.class)
    public static void exit(
            @Advice.Enter(typing = net.bytebuddy.implementation.bytecode.assign.Assigner.Typing.DYNAMIC) @Nullable
                    Object token,
            @Advice.Thrown @Nullable Throwable thrown)
            throws SQLException {
        Channels.exit(token, thrown);
    }
}
