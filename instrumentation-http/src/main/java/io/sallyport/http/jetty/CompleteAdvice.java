package io.sallyport.http.jetty;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.Advice.AssignReturned.ToArguments.ToArgument;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.eclipse.jetty.client.Result;
import org.jspecify.annotations.Nullable;

/** {@code ResponseListeners.notifyComplete}: the result of an answer whose content could not be masked to its end is a failure. */
public final class CompleteAdvice {

    private CompleteAdvice() {}

    /** @return the result to tell */
    @Advice.OnMethodEnter(inline = false)
    @Advice.AssignReturned.ToArguments(@ToArgument(value = 0, typing = Typing.DYNAMIC))
    public static @Nullable Object enter(@Advice.Argument(0) @Nullable Object told) {
        if (!(told instanceof Result result) || result.getResponseFailure() != null) {
            return told;
        }
        Throwable broken = JettyCall.broken(result.getResponse());
        return broken == null ? result : new Result(result, broken);
    }
}
