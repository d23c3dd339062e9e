package io.sallyport.http.apache5;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.Advice.AssignReturned.ToArguments.ToArgument;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.client5.http.async.AsyncExecChain;
import org.apache.hc.core5.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/** {@code HttpAsyncMainClientExec.execute} and its twin for HTTP/2. */
public final class AsyncMainAdvice {

    private AsyncMainAdvice() {}

    /** @return something if the request is refused (then the method does not run), and the callback and the producer to use */
    @Advice.OnMethodEnter(inline = false, skipOn = Advice.OnNonDefaultValue.class, skipOnIndex = 0)
    @Advice.AssignReturned.ToArguments({
        @ToArgument(value = 4, index = 1, typing = Typing.DYNAMIC),
        @ToArgument(value = 1, index = 2, typing = Typing.DYNAMIC)
    })
    public static Object[] enter(
            @Advice.Argument(0) Object request,
            @Advice.Argument(1) @Nullable Object producer,
            @Advice.Argument(2) Object scope,
            @Advice.Argument(4) Object callback) {
        return AsyncCall.sending(
                (HttpRequest) request, producer, (AsyncExecChain.Scope) scope, (AsyncExecCallback) callback);
    }
}
