package io.sallyport.http.vertx;

import io.netty.buffer.ByteBuf;
import io.vertx.core.Future;
import io.vertx.core.http.impl.HttpClientRequestBase;
import io.vertx.core.internal.ContextInternal;
import java.io.IOException;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.jspecify.annotations.Nullable;

/** {@code HttpClientRequestImpl.doWrite}. */
public final class WriteAdvice {

    private WriteAdvice() {}

    /** @return the future of a write that is refused or kept for now, or {@code null}: go on */
    @Advice.OnMethodEnter(inline = false, skipOn = Advice.OnNonDefaultValue.class)
    public static @Nullable Object enter(
            @Advice.This Object request,
            @Advice.FieldValue(value = "context", typing = Typing.DYNAMIC) Object context,
            @Advice.FieldValue("headWritten") boolean headWritten,
            @Advice.Argument(value = 0, typing = Typing.DYNAMIC) @Nullable Object piece,
            @Advice.Argument(1) boolean end,
            @Advice.Argument(2) boolean connect) {
        return VertxCall.writing(
                (HttpClientRequestBase) request, (ContextInternal) context, headWritten, (ByteBuf) piece, end, connect);
    }

    public static @Nullable Object refusedEnter(
            IOException why,
            Object request,
            Object context,
            boolean headWritten,
            @Nullable Object piece,
            boolean end,
            boolean connect) {
        return Future.failedFuture(why);
    }

    @Advice.OnMethodExit(inline = false)
    @Advice.AssignReturned.ToReturned(typing = Typing.DYNAMIC)
    public static @Nullable Object exit(
            @Advice.Enter @Nullable Object entered, @Advice.Return(typing = Typing.DYNAMIC) @Nullable Object returned) {
        return entered == null ? returned : entered;
    }
}
