package io.sallyport.http.jdk;

import java.net.http.HttpRequest;
import java.util.concurrent.CompletableFuture;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** {@code Exchange.responseAsync}. */
public final class AttemptAdvice {

    private AttemptAdvice() {}

    /** @return the future of an attempt that is refused, or {@code null}: go on */
    @Advice.OnMethodEnter(inline = false, skipOn = Advice.OnNonDefaultValue.class)
    public static @Nullable CompletableFuture<?> enter(@Advice.FieldValue("request") @Nullable HttpRequest request) {
        return JdkCalls.exchanging(request);
    }

    @Advice.OnMethodExit(inline = false)
    @Advice.AssignReturned.ToReturned
    public static @Nullable CompletableFuture<?> exit(
            @Advice.Enter @Nullable CompletableFuture<?> refused,
            @Advice.Return @Nullable CompletableFuture<?> returned) {
        return refused == null ? returned : refused;
    }
}
