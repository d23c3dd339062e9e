package io.sallyport.http.jdk;

import java.io.IOException;
import java.net.ProxySelector;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.PushPromiseHandler;
import java.util.concurrent.CompletableFuture;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.Advice.AssignReturned.ToArguments.ToArgument;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.jspecify.annotations.Nullable;

/** {@code HttpClientImpl.sendAsync} with three arguments. A held or refused call never runs the woven method. */
public final class SendAsyncAdvice {

    private SendAsyncAdvice() {}

    /**
     * @return the future of a held or refused call (or {@code null}: go on), the handlers to use, the call's passage, and
     *     the request to send
     */
    @Advice.OnMethodEnter(inline = false, skipOn = Advice.OnNonDefaultValue.class, skipOnIndex = 0)
    @Advice.AssignReturned.ToArguments({
        @ToArgument(value = 0, index = 4, typing = Typing.DYNAMIC),
        @ToArgument(value = 1, index = 1, typing = Typing.DYNAMIC),
        @ToArgument(value = 2, index = 2, typing = Typing.DYNAMIC)
    })
    public static Object[] enter(
            @Advice.This Object client,
            @Advice.FieldValue("proxySelector") ProxySelector selector,
            @Advice.Argument(0) @Nullable HttpRequest request,
            @Advice.Argument(1) @Nullable BodyHandler<?> handler,
            @Advice.Argument(2) @Nullable PushPromiseHandler<?> push) {
        return JdkCalls.sendAsync(client, selector, request, handler, push);
    }

    public static Object[] refusedEnter(
            IOException why,
            Object client,
            ProxySelector selector,
            @Nullable HttpRequest request,
            @Nullable BodyHandler<?> handler,
            @Nullable PushPromiseHandler<?> push) {
        return JdkCalls.instead(CompletableFuture.failedFuture(why));
    }

    @Advice.OnMethodExit(inline = false, onThrowable = Throwable.class)
    @Advice.AssignReturned.ToReturned
    public static @Nullable CompletableFuture<?> exit(
            @Advice.Enter Object[] entered,
            @Advice.Return @Nullable CompletableFuture<?> returned,
            @Advice.Thrown @Nullable Throwable thrown) {
        return JdkCalls.sentAsync(entered, returned, thrown);
    }

    public static @Nullable CompletableFuture<?> refusedExit(
            IOException why, Object[] entered, @Nullable CompletableFuture<?> returned, @Nullable Throwable thrown) {
        return CompletableFuture.failedFuture(why);
    }
}
