package io.sallyport.http.apache5;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.Advice.AssignReturned.ToArguments.ToArgument;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.apache.hc.core5.http.nio.AsyncClientExchangeHandler;

/** {@code AsyncExecRuntime.execute}: the exchange begins, in which the client's interceptors add their fields to the request. */
public final class AsyncRuntimeAdvice {

    private AsyncRuntimeAdvice() {}

    /** @return the handler to use */
    @Advice.OnMethodEnter(inline = false)
    @Advice.AssignReturned.ToArguments({@ToArgument(value = 1, index = 0, typing = Typing.DYNAMIC)})
    public static Object[] enter(@Advice.This Object runtime, @Advice.Argument(1) Object handler) {
        return new Object[] {AsyncCall.exchanging(runtime, (AsyncClientExchangeHandler) handler)};
    }
}
