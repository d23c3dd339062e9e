package io.sallyport.http.vertx;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** {@code HttpClientStream.chunkHandler}. */
public final class ChunkHandlerAdvice {

    private ChunkHandlerAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static void enter(@Advice.This Object stream, @Advice.Argument(0) @Nullable Object handler) {
        AnswerHandlers.of(stream).chunks(handler);
    }
}
