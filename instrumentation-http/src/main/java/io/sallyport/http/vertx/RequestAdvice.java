package io.sallyport.http.vertx;

import io.vertx.core.Future;
import java.io.IOException;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.jspecify.annotations.Nullable;

/** {@code HttpClientImpl.request}. A request that is held or refused does not run the woven method now. */
public final class RequestAdvice {

    private RequestAdvice() {}

    /** @return the future of a held or refused request (or {@code null}: go on), and what is known about an admitted one */
    @Advice.OnMethodEnter(inline = false, skipOn = Advice.OnNonDefaultValue.class, skipOnIndex = 0)
    public static Object[] enter(@Advice.This Object client, @Advice.Argument(0) @Nullable Object options) {
        return Requesting.enter(client, () -> Defaults.of(client), options);
    }

    public static Object[] refusedEnter(IOException why, Object client, @Nullable Object options) {
        return new Object[] {Future.failedFuture(why), null};
    }

    @Advice.OnMethodExit(inline = false, onThrowable = Throwable.class)
    @Advice.AssignReturned.ToReturned(typing = Typing.DYNAMIC)
    public static @Nullable Object exit(
            @Advice.Enter Object[] entered,
            @Advice.Return(typing = Typing.DYNAMIC) @Nullable Object returned,
            @Advice.Thrown @Nullable Throwable thrown) {
        return Requesting.exit(entered, returned, thrown);
    }
}
