package io.sallyport.http.tls;

import javax.net.ssl.SSLException;
import net.bytebuddy.asm.Advice;

/** {@code SSLEngine.wrap} of the JDK. */
public final class EngineWrapAdvice {

    private EngineWrapAdvice() {}

    @Advice.OnMethodEnter(inline = false)
    public static void enter(@Advice.This Object engine) throws SSLException {
        HandshakeTruth.using(engine);
    }
}
