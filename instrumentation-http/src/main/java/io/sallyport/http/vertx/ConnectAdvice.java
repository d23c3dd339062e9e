package io.sallyport.http.vertx;

import io.vertx.core.Future;
import java.io.IOException;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.jspecify.annotations.Nullable;

/** {@code HttpClientImpl.connect}: a connection that an application will hold. */
public final class ConnectAdvice {

    private ConnectAdvice() {}

    /** @return the future of a connection that is refused, or {@code null}: go on */
    @Advice.OnMethodEnter(inline = false, skipOn = Advice.OnNonDefaultValue.class)
    public static @Nullable Object enter(@Advice.This Object client, @Advice.Argument(0) @Nullable Object options) {
        return Requesting.connecting(() -> Defaults.of(client), options);
    }

    public static @Nullable Object refusedEnter(IOException why, Object client, @Nullable Object options) {
        return Future.failedFuture(why);
    }

    @Advice.OnMethodExit(inline = false)
    @Advice.AssignReturned.ToReturned(typing = Typing.DYNAMIC)
    public static @Nullable Object exit(
            @Advice.Enter @Nullable Object entered, @Advice.Return(typing = Typing.DYNAMIC) @Nullable Object returned) {
        return entered == null ? returned : entered;
    }
}
