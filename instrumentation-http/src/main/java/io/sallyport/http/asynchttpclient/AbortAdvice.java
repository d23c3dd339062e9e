package io.sallyport.http.asynchttpclient;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** {@code NettyResponseFuture.abort}: every failure of a call, its timeouts among them. */
public final class AbortAdvice {

    private AbortAdvice() {}

    @Advice.OnMethodExit(inline = false)
    public static void exit(@Advice.This Object future, @Advice.Argument(0) @Nullable Throwable failure) {
        AsyncCall.ended(future, failure);
    }
}
