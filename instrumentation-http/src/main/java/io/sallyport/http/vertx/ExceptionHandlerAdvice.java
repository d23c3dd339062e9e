package io.sallyport.http.vertx;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** {@code HttpClientStream.exceptionHandler}. */
public final class ExceptionHandlerAdvice {

    private ExceptionHandlerAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static void enter(@Advice.This Object stream, @Advice.Argument(0) @Nullable Object handler) {
        AnswerHandlers.of(stream).failures(handler);
    }
}
