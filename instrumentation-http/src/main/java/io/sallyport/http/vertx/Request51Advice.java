package io.sallyport.http.vertx;

import io.vertx.core.Future;
import io.vertx.core.net.ProxyOptions;
import java.io.IOException;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.jspecify.annotations.Nullable;

/** {@code HttpClientImpl.request} since Vert.x 5.1; see {@link RequestAdvice}. */
public final class Request51Advice {

    private Request51Advice() {}

    @Advice.OnMethodEnter(inline = false, skipOn = Advice.OnNonDefaultValue.class, skipOnIndex = 0)
    public static Object[] enter(
            @Advice.This Object client,
            @Advice.FieldValue("defaultSsl") boolean ssl,
            @Advice.FieldValue("defaultHost") String host,
            @Advice.FieldValue("defaultPort") int port,
            @Advice.FieldValue(value = "defaultProxyOptions", typing = Typing.DYNAMIC) @Nullable Object proxy,
            @Advice.Argument(0) @Nullable Object options) {
        return Requesting.enter(client, () -> new Defaults(ssl, host, port, (ProxyOptions) proxy), options);
    }

    public static Object[] refusedEnter(
            IOException why,
            Object client,
            boolean ssl,
            String host,
            int port,
            @Nullable Object proxy,
            @Nullable Object options) {
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
