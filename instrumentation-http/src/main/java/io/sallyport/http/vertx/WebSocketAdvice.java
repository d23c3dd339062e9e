package io.sallyport.http.vertx;

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
}
