package io.sallyport.http.reactornetty;

import java.io.IOException;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.Advice.AssignReturned.ToArguments.ToArgument;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;

/** {@code HttpClientOperations.onInboundNext}. */
public final class InboundAdvice {

    private InboundAdvice() {}

    /** @return the message as it may be seen */
    @Advice.OnMethodEnter(inline = false)
    @Advice.AssignReturned.ToArguments(@ToArgument(value = 1, typing = Typing.DYNAMIC))
    public static Object enter(@Advice.This Object operations, @Advice.Argument(1) Object message) throws IOException {
        return ReactorCall.inbound(operations, message);
    }
}
