package io.sallyport.http.vertx;

import io.vertx.core.http.HttpClientResponse;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;

/** {@code HttpClientRequestBase.handleResponse} with one argument. */
public final class AnswerAdvice {

    private AnswerAdvice() {}

    /** @return whether the answer is refused: then its caller gets the refusal instead */
    @Advice.OnMethodEnter(inline = false, skipOn = Advice.OnNonDefaultValue.class)
    public static boolean enter(
            @Advice.This Object request,
            @Advice.FieldValue(value = "stream", typing = Typing.DYNAMIC) Object stream,
            @Advice.Argument(0) Object response) {
        return VertxCall.answered(request, stream, (HttpClientResponse) response);
    }
}
