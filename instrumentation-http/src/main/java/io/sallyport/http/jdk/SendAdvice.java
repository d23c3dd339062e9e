package io.sallyport.http.jdk;

import java.io.IOException;
import java.net.ProxySelector;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.Advice.AssignReturned.ToArguments.ToArgument;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.jspecify.annotations.Nullable;

/** {@code HttpClientImpl.send}. */
public final class SendAdvice {

    private SendAdvice() {}

    /** @return the body handler to use, the call's passage, and the request to send */
    @Advice.OnMethodEnter(inline = false)
    @Advice.AssignReturned.ToArguments({
        @ToArgument(value = 1, index = 0, typing = Typing.DYNAMIC),
        @ToArgument(value = 0, index = 2, typing = Typing.DYNAMIC)
    })
    public static Object[] enter(
            @Advice.This Object client,
            @Advice.FieldValue("proxySelector") ProxySelector selector,
            @Advice.Argument(0) @Nullable HttpRequest request,
            @Advice.Argument(1) @Nullable BodyHandler<?> handler)
            throws IOException {
        return JdkCalls.send(client, selector, request, handler);
    }

    @Advice.OnMethodExit(inline = false, onThrowable = Throwable.class)
    public static void exit(
            @Advice.Enter Object[] entered,
            @Advice.Return @Nullable HttpResponse<?> response,
            @Advice.Thrown @Nullable Throwable thrown) {
        JdkCalls.sent(entered, response, thrown);
    }
}
