package io.sallyport.jdbc.oracle;

import io.sallyport.jdbc.execute.DistributedCommits;
import java.sql.SQLException;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** {@code XAResource.prepare(Xid)} and {@code commit(Xid, boolean)}. */
public final class XaAdvice {

    private XaAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static @Nullable Object enter(@Advice.This Object resource) throws SQLException {
        return DistributedCommits.enter(resource);
    }

    @Advice.OnMethodExit(inline = false, onThrowable = Throwable.class)
    public static void exit(@Advice.Enter @Nullable Object token, @Advice.Thrown @Nullable Throwable thrown) {
        DistributedCommits.exit(token, thrown);
    }
}
