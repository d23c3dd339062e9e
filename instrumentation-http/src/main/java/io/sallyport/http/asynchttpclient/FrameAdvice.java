package io.sallyport.http.asynchttpclient;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.Advice.AssignReturned.ToArguments.ToArgument;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;

/** {@code Http2Handler.handleRead}. */
public final class FrameAdvice {

    private FrameAdvice() {}

    /** @return the frame as it may be seen */
    @Advice.OnMethodEnter(inline = false)
    @Advice.AssignReturned.ToArguments(@ToArgument(value = 2, typing = Typing.DYNAMIC))
    public static Object enter(
            @Advice.This Object handler,
            @Advice.Argument(0) Object channel,
            @Advice.Argument(1) Object future,
            @Advice.Argument(2) Object frame)
            throws Exception {
        return AsyncCall.arrivedByStream(handler, channel, future, frame);
    }
}
