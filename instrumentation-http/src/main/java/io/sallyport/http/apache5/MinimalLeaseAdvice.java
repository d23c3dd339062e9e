package io.sallyport.http.apache5;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.Advice.AssignReturned.ToArguments.ToArgument;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.jspecify.annotations.Nullable;

/** {@code MinimalHttpAsyncClient.lease}. */
public final class MinimalLeaseAdvice {

    private MinimalLeaseAdvice() {}

    /** @return the failed future of a lease that is refused, or {@code null}: go on; and the callback to use */
    @Advice.OnMethodEnter(inline = false, skipOn = Advice.OnNonDefaultValue.class, skipOnIndex = 0)
    @Advice.AssignReturned.ToArguments(@ToArgument(value = 2, index = 1, typing = Typing.DYNAMIC))
    public static Object[] enter(
            @Advice.Argument(0) @Nullable Object host, @Advice.Argument(2) @Nullable Object callback) {
        return Lease.enter(host, callback);
    }

    @Advice.OnMethodExit(inline = false)
    @Advice.AssignReturned.ToReturned(typing = Typing.DYNAMIC)
    public static @Nullable Object exit(
            @Advice.Enter Object[] entered, @Advice.Return(typing = Typing.DYNAMIC) @Nullable Object returned) {
        return Lease.exit(entered, returned);
    }
}
