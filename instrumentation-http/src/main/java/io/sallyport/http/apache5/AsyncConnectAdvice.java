package io.sallyport.http.apache5;

import net.bytebuddy.asm.Advice;
import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.client5.http.async.AsyncExecChain;
import org.apache.hc.client5.http.async.AsyncExecChainHandler;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.jspecify.annotations.Nullable;

/** {@code AsyncConnectExec.execute}. */
public final class AsyncConnectAdvice {

    private AsyncConnectAdvice() {}

    /** @return whether the request is held or refused: then the method does not run now */
    @Advice.OnMethodEnter(inline = false, skipOn = Advice.OnNonDefaultValue.class)
    public static boolean enter(
            @Advice.This Object handler,
            @Advice.Argument(0) Object request,
            @Advice.Argument(1) @Nullable Object producer,
            @Advice.Argument(2) Object scope,
            @Advice.Argument(3) Object chain,
            @Advice.Argument(4) Object callback) {
        return new AsyncStep(
                        (AsyncExecChainHandler) handler,
                        (HttpRequest) request,
                        (AsyncEntityProducer) producer,
                        (AsyncExecChain.Scope) scope,
                        (AsyncExecChain) chain,
                        (AsyncExecCallback) callback)
                .decide();
    }
}
