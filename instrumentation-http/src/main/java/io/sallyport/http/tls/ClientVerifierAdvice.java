package io.sallyport.http.tls;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** A builder's setter of what verifies names or makes TLS. */
public final class ClientVerifierAdvice {

    private ClientVerifierAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static void enter(@Advice.This Object builder, @Advice.Argument(0) @Nullable Object installed) {
        ClientVerifiers.installed(builder, installed);
    }
}
