package io.sallyport.http.reactornetty;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.Advice.AssignReturned.ToArguments.ToArgument;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import reactor.core.CoreSubscriber;

/** {@code MonoHttpConnect.subscribe}. */
public final class SubscribeAdvice {

    private SubscribeAdvice() {}

    /** @return the subscriber, whose cancelling is noticed */
    @Advice.OnMethodEnter(inline = false)
    @Advice.AssignReturned.ToArguments(@ToArgument(value = 0, typing = Typing.DYNAMIC))
    public static Object enter(@Advice.Argument(0) Object subscriber) {
        return new CancelWatch<>((CoreSubscriber<?>) subscriber);
    }
}
