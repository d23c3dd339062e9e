package io.sallyport.http.asynchttpclient;

import java.io.IOException;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.Advice.AssignReturned.ToArguments.ToArgument;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.jspecify.annotations.Nullable;

/** {@code NettyRequestSender.sendRequest}. A request that is held or refused does not run the woven method now. */
public final class SendAdvice {

    private SendAdvice() {}

    /** @return the future of a held or refused request (or {@code null}: go on), the request to send and the call's future */
    @Advice.OnMethodEnter(inline = false, skipOn = Advice.OnNonDefaultValue.class, skipOnIndex = 0)
    @Advice.AssignReturned.ToArguments({
        @ToArgument(value = 0, index = 1, typing = Typing.DYNAMIC),
        @ToArgument(value = 2, index = 2, typing = Typing.DYNAMIC)
    })
    public static Object[] enter(
            @Advice.This Object sender,
            @Advice.FieldValue(value = "config", typing = Typing.DYNAMIC) Object config,
            @Advice.FieldValue(value = "connectionSemaphore", typing = Typing.DYNAMIC) @Nullable Object semaphore,
            @Advice.Argument(0) Object request,
            @Advice.Argument(1) @Nullable Object handler,
            @Advice.Argument(2) @Nullable Object future) {
        return Sending.enter(sender, config, semaphore, request, handler, future);
    }

    public static Object[] refusedEnter(
            IOException why,
            Object sender,
            Object config,
            @Nullable Object semaphore,
            Object request,
            @Nullable Object handler,
            @Nullable Object future) {
        return Sending.refused(why, handler, future);
    }

    @Advice.OnMethodExit(inline = false, onThrowable = Throwable.class)
    @Advice.AssignReturned.ToReturned(typing = Typing.DYNAMIC)
    public static @Nullable Object exit(
            @Advice.Enter Object[] entered,
            @Advice.Return(typing = Typing.DYNAMIC) @Nullable Object returned,
            @Advice.Thrown @Nullable Throwable thrown) {
        return Sending.exit(entered, returned, thrown);
    }
}
