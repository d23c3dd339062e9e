package io.sallyport.http.tls;

import javax.net.ssl.TrustManager;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** {@code SSLContext.init} reached the JDK's implementation. */
public final class ContextInitAdvice {

    private ContextInitAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static void enter(@Advice.This Object context, @Advice.Argument(1) TrustManager @Nullable [] managers) {
        Installers.initialized(context, managers);
    }
}
