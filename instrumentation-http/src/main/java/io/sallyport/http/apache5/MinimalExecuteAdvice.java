package io.sallyport.http.apache5;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.Advice.AssignReturned.ToArguments.ToArgument;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.core5.http.nio.AsyncClientExchangeHandler;

/** {@code MinimalHttpAsyncClient.execute} and its twin for HTTP/2. */
public final class MinimalExecuteAdvice {

    private MinimalExecuteAdvice() {}

    /** @return the handler to use */
    @Advice.OnMethodEnter(inline = false)
    @Advice.AssignReturned.ToArguments(@ToArgument(value = 0, typing = Typing.DYNAMIC))
    public static Object enter(@Advice.This Object client, @Advice.Argument(0) Object handler) {
        return new MinimalExchange((AsyncClientExchangeHandler) handler, (CloseableHttpAsyncClient) client, null);
    }
}
