package io.sallyport.http.vertx;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.jspecify.annotations.Nullable;

/** {@code HttpClientRequestImpl.doWrite}. */
public final class WriteAdvice {

    private WriteAdvice() {}

    /** @return the failed future of a request that is refused, or {@code null}: go on */
    @Advice.OnMethodEnter(inline = false, skipOn = Advice.OnNonDefaultValue.class)
    public static @Nullable Object enter(
            @Advice.This Object request, @Advice.FieldValue("headWritten") boolean headWritten) {
        return headWritten ? null : VertxCall.sending(request);
    }

    @Advice.OnMethodExit(inline = false)
    @Advice.AssignReturned.ToReturned(typing = Typing.DYNAMIC)
    public static @Nullable Object exit(
            @Advice.Enter @Nullable Object entered, @Advice.Return(typing = Typing.DYNAMIC) @Nullable Object returned) {
        return entered == null ? returned : entered;
    }
}
