package io.sallyport.http.jdk;

import java.net.http.HttpRequest;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;

/** {@code MultiExchange.responseAsync}. */
public final class ExchangeAdvice {

    private ExchangeAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static void enter(
            @Advice.FieldValue("request") HttpRequest request,
            @Advice.FieldValue(value = "responseHandler", typing = Typing.DYNAMIC) Object handler) {
        JdkCalls.begins(request, handler);
    }
}
