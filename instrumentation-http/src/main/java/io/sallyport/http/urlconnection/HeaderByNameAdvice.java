package io.sallyport.http.urlconnection;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** {@code getHeaderField(String)}. */
public final class HeaderByNameAdvice {

    private HeaderByNameAdvice() {}

    @Advice.OnMethodExit(inline = false)
    @Advice.AssignReturned.ToReturned
    @Advice.AssignReturned.AsScalar(skipOnDefaultValue = false)
    public static @Nullable String exit(
            @Advice.This Object connection,
            @Advice.Argument(0) @Nullable String name,
            @Advice.Return @Nullable String returned) {
        return UrlCall.of(connection).answer().headers().truthful(name, returned);
    }
}
