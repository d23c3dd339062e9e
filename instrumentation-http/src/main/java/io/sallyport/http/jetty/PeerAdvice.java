package io.sallyport.http.jetty;

import io.sallyport.weaving.tls.StatedPeers;
import java.util.Map;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.eclipse.jetty.client.transport.HttpDestination;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.jspecify.annotations.Nullable;

/** {@code SslClientConnectionFactory.newConnection}: the destination of a connection is known, whatever an application's {@code SslContextFactory} told the engine. */
public final class PeerAdvice {

    private PeerAdvice() {}

    @Advice.OnMethodExit(inline = false)
    public static void exit(
            @Advice.Argument(1) Object context, @Advice.Return(typing = Typing.DYNAMIC) @Nullable Object connection) {
        if (connection instanceof SslConnection tls) {
            // The context's keys are others from version to version. Its destination is the proxy by now, if TLS is
            // with that.
            for (Object value : ((Map<?, ?>) context).values()) {
                if (value instanceof HttpDestination destination && destination.isSecure()) {
                    StatedPeers.state(tls.getSSLEngine(), destination.getHost(), destination.getPort());
                }
            }
        }
    }
}
