package io.sallyport.http.reactornetty;

import java.io.IOException;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** {@code HttpConnectionProvider.acquire}. */
public final class AcquireAdvice {

    private AcquireAdvice() {}

    /** @return the publisher of the connection, behind the decision */
    @Advice.OnMethodExit(inline = false)
    @Advice.AssignReturned.ToReturned(typing = Typing.DYNAMIC)
    public static @Nullable Object exit(
            @Advice.Argument(0) Object config,
            @Advice.Argument(2) @Nullable Object handler,
            @Advice.Return(typing = Typing.DYNAMIC) @Nullable Object returned) {
        return ReactorCall.acquire(config, handler, (Mono<?>) returned);
    }

    public static @Nullable Object refusedExit(
            IOException why, Object config, @Nullable Object handler, @Nullable Object returned) {
        return Mono.error(why);
    }
}
