package io.sallyport.http.okhttp;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import okhttp3.Headers;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** {@code Response.trailers} and {@code peekTrailers}. */
public final class TrailersAdvice {

    private TrailersAdvice() {}

    /** @return the fields that are still true */
    @Advice.OnMethodExit(inline = false)
    @Advice.AssignReturned.ToReturned(typing = Typing.DYNAMIC)
    public static @Nullable Object exit(
            @Advice.This Object response, @Advice.Return(typing = Typing.DYNAMIC) @Nullable Object trailers) {
        return MaskedBody.trailers((Response) response, (Headers) trailers);
    }
}
