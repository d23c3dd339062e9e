package io.sallyport.http.tls;

import io.sallyport.weaving.tls.StatedPeers;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.jspecify.annotations.Nullable;

/** {@code SSLContext.createSSLEngine} of the JDK, with and without a peer. */
public final class EngineMadeAdvice {

    private EngineMadeAdvice() {}

    @Advice.OnMethodExit(inline = false)
    public static void exit(@Advice.Return(typing = Typing.DYNAMIC) @Nullable Object engine) {
        StatedPeers.made(engine);
    }
}
