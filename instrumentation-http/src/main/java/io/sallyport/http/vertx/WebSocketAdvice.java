package io.sallyport.http.vertx;

import io.vertx.core.Promise;
import java.io.IOException;
import net.bytebuddy.asm.Advice;

/** {@code WebSocketClientImpl.webSocket} with a promise. */
public final class WebSocketAdvice {

    private WebSocketAdvice() {}

    /** @return whether the handshake is held or refused: then the method does not run now */
    @Advice.OnMethodEnter(inline = false, skipOn = Advice.OnNonDefaultValue.class)
    public static boolean enter(
            @Advice.This Object client,
            @Advice.Argument(0) Object context,
            @Advice.Argument(1) Object options,
            @Advice.Argument(2) Object promise) {
        return Handshaking.enter(client, () -> Defaults.of(client), context, options, promise);
    }

    public static boolean refusedEnter(IOException why, Object client, Object context, Object options, Object promise) {
        ((Promise<?>) promise).tryFail(why);
        return true;
    }
}
