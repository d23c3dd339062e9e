package io.sallyport.http.tls;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;
import net.bytebuddy.asm.Advice;

/** {@code SslConnection.unwrap}. */
public final class JettyUnwrapAdvice {

    private JettyUnwrapAdvice() {}

    @Advice.OnMethodExit(inline = false)
    public static void exit(@Advice.Argument(0) SSLEngine engine, @Advice.Return SSLEngineResult result)
            throws SSLException {
        if (result.bytesProduced() == 0 && engine.isOutboundDone()) {
            RefusedEngines.ended(engine);
        }
    }
}
