package io.sallyport.jdbc.advice;

import io.sallyport.jdbc.pool.Pools;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.jspecify.annotations.Nullable;

/** A pool's {@code getConnection}. */
public final class LendAdvice {

    private LendAdvice() {}

    @Advice.OnMethodExit(inline = false)
    public static void exit(
            @Advice.This Object source, @Advice.Return(typing = Typing.DYNAMIC) @Nullable Object connection) {
        Pools.lent(source, connection);
    }
}
