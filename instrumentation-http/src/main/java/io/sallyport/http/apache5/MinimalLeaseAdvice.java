package io.sallyport.http.apache5;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.HttpHost;
import org.jspecify.annotations.Nullable;

/** {@code MinimalHttpAsyncClient.lease}. */
public final class MinimalLeaseAdvice {

    private MinimalLeaseAdvice() {}

    /** @return the failed future of a lease that is refused, or {@code null}: go on */
    @Advice.OnMethodEnter(inline = false, skipOn = Advice.OnNonDefaultValue.class)
    public static @Nullable Object enter(
            @Advice.Argument(0) Object host, @Advice.Argument(2) @Nullable Object callback) {
        return MinimalExchange.lease((HttpHost) host, (FutureCallback<?>) callback);
    }

    @Advice.OnMethodExit(inline = false)
    @Advice.AssignReturned.ToReturned(typing = Typing.DYNAMIC)
    public static @Nullable Object exit(
            @Advice.Enter @Nullable Object refused, @Advice.Return(typing = Typing.DYNAMIC) @Nullable Object returned) {
        return refused == null ? returned : refused;
    }
}
