package io.sallyport.http.tls;

import javax.net.ssl.SSLException;
import net.bytebuddy.asm.Advice;

/** {@code beginHandshake}, {@code startHandshake} or {@code wrap} of TLS that is not the JDK's. */
public final class ForeignHandshakeAdvice {

    private ForeignHandshakeAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static void enter(@Advice.This Object transport) throws SSLException {
        ForeignTls.beginning(transport);
    }
}
