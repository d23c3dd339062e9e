package io.sallyport.http.vertx;

import io.vertx.core.Promise;
import io.vertx.core.http.WebSocketClientOptions;
import java.io.IOException;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.jspecify.annotations.Nullable;

/** {@code WebSocketClientImpl.webSocket} with a promise, since Vert.x 5.1; see {@link WebSocketAdvice}. */
public final class WebSocket51Advice {

    private WebSocket51Advice() {}

    @Advice.OnMethodEnter(inline = false, skipOn = Advice.OnNonDefaultValue.class)
    public static boolean enter(
            @Advice.This Object client,
            @Advice.FieldValue(value = "options", typing = Typing.DYNAMIC) Object defaults,
            @Advice.FieldValue(value = "defaultProxyOptions", typing = Typing.DYNAMIC) @Nullable Object proxy,
            @Advice.Argument(0) Object context,
            @Advice.Argument(1) Object options,
            @Advice.Argument(2) Object promise) {
        return Handshaking.enter(
                client, () -> Defaults.of((WebSocketClientOptions) defaults, proxy), context, options, promise);
    }

    public static boolean refusedEnter(
            IOException why,
            Object client,
            Object defaults,
            @Nullable Object proxy,
            Object context,
            Object options,
            Object promise) {
        ((Promise<?>) promise).tryFail(why);
        return true;
    }
}
