package io.sallyport.http.vertx;

import io.vertx.core.Future;
import java.io.IOException;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.jspecify.annotations.Nullable;

/** {@code HttpClientImpl.connect} since Vert.x 5.1; see {@link ConnectAdvice}. */
public final class Connect51Advice {

    private Connect51Advice() {}

    @Advice.OnMethodEnter(inline = false, skipOn = Advice.OnNonDefaultValue.class)
    public static @Nullable Object enter(
            @Advice.FieldValue("defaultSsl") boolean ssl,
            @Advice.FieldValue("defaultHost") String host,
            @Advice.FieldValue("defaultPort") int port,
            @Advice.Argument(0) @Nullable Object options) {
        return Requesting.connecting(() -> new Defaults(ssl, host, port, null), options);
    }

    public static @Nullable Object refusedEnter(
            IOException why, boolean ssl, String host, int port, @Nullable Object options) {
        return Future.failedFuture(why);
    }

    @Advice.OnMethodExit(inline = false)
    @Advice.AssignReturned.ToReturned(typing = Typing.DYNAMIC)
    public static @Nullable Object exit(
            @Advice.Enter @Nullable Object entered, @Advice.Return(typing = Typing.DYNAMIC) @Nullable Object returned) {
        return entered == null ? returned : entered;
    }
}
