package io.sallyport.jdbc.postgresql;

import net.bytebuddy.asm.Advice;
import org.postgresql.core.BaseConnection;

/** {@code PgConnection.getReplicationProtocol()}, the one way to its executor that does not ask {@code getQueryExecutor()}. */
public final class ReplicationOwnerAdvice {

    private ReplicationOwnerAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static void enter(@Advice.This Object connection) {
        // Makes the executor known as this connection's; see OwnExecutorAdvice.
        ((BaseConnection) connection).getQueryExecutor();
    }
}
