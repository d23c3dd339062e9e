package io.sallyport.http.tls;

import io.sallyport.core.command.Endpoint;
import io.sallyport.core.command.Target;
import io.sallyport.core.verdict.RefusedException;
import io.sallyport.http.HttpGate;
import io.sallyport.http.RequestTarget;
import io.sallyport.http.WrappedSocket;
import io.sallyport.weaving.AgentContext;
import io.sallyport.weaving.OwnLoaders;
import io.sallyport.weaving.tls.StatedPeers;
import java.io.IOException;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * Judges a finished handshake of a client, and what is sent over it later on. Hosts for which the policy demands nothing cost one look at the policy and leave no record.
 * Thread-safe.
 */
final class HandshakeTruth {

    private static final AgentContext AGENT = AgentContext.current();

    private HandshakeTruth() {}

    /**
     * @param transport the {@code SSLSocket} or {@code SSLEngine}
     * @param session its {@code SSLSession}
     * @param context the {@code SSLContextSpi} that it comes from
     * @throws SSLHandshakeException where the policy refuses; an engine then only has its close_notify left to send, a socket is
     *     closed by the JDK, which makes this the cause of what its caller gets
     */
    static void judge(Object transport, Object session, Object context) throws IOException {
        // The agent's own channel trusts one authority only, and must not wait for a policy that it is about to fetch.
        if (OwnLoaders.contains(Thread.currentThread().getClass().getClassLoader())
                || AGENT.relayed().isHandshaking()
                || AGENT.handshakes().isDrivers()
                || !isClient(transport)) {
            return;
        }
        SSLSession finished = (SSLSession) session;
        String host = host(transport, finished);
        if (host == null) {
            return;
        }
        int port = port(transport, finished);
        judge(RequestTarget.https(host, port), transport, finished, host, context);
        int asked = TunnelledPorts.of(transport);
        if (asked > 0 && asked != port) {
            judge(RequestTarget.https(host, asked), transport, finished, host, context);
        }
        Endpoint stated = StatedPeers.of(transport);
        if (stated != null && (!stated.host().equalsIgnoreCase(host) || (stated.port() > 0 && stated.port() != port))) {
            // An application's code made the engine, and told it another name or port than its client asks for.
            Target meant = RequestTarget.https(stated.host(), stated.port());
            judge(meant, transport, finished, stated.host(), context);
        }
    }

    private static void judge(Target target, Object transport, SSLSession finished, String host, Object context)
            throws IOException {
        try {
            HttpGate.current().servers().judge(target, transport, finished, host, () -> Installers.of(context));
        } catch (RefusedException refused) {
            finished.invalidate();
            if (transport instanceof SSLEngine engine) {
                RefusedEngines.add(engine, refused.refusal().describe());
                engine.closeOutbound();
            }
            throw new SSLHandshakeException(refused.refusal().describe());
        }
    }

    /**
     * Something is about to be sent over this transport, by whichever client.
     *
     * @throws SSLException where the policy refuses what it admitted when the handshake was finished, or what lies above is a wrapper that claimed to
     *     lead elsewhere
     */
    static void using(Object transport) throws SSLException {
        try {
            HttpGate.current().servers().using(transport);
            if (transport instanceof SSLSocket socket) {
                WrappedSocket.carrying(socket);
            }
        } catch (RefusedException refused) {
            throw new SSLException(refused.refusal().describe());
        }
    }

    private static boolean isClient(Object transport) {
        return transport instanceof SSLSocket socket
                ? socket.getUseClientMode()
                : transport instanceof SSLEngine engine && engine.getUseClientMode();
    }

    /** The name that was asked for; where nobody gave one, a socket's remote address or whom an engine was made for; {@code null} if there is neither. */
    private static @Nullable String host(Object transport, SSLSession session) {
        String named = session.getPeerHost();
        if (named != null && !named.isEmpty()) {
            return named;
        }
        if (transport instanceof SSLSocket socket) {
            return socket.getInetAddress() == null
                    ? null
                    : socket.getInetAddress().getHostAddress();
        }
        Endpoint stated = StatedPeers.of(transport);
        return stated == null ? null : stated.host();
    }

    private static int port(Object transport, SSLSession session) {
        int named = session.getPeerPort();
        if (named > 0) {
            return named;
        } else if (transport instanceof SSLSocket socket) {
            return socket.getPort();
        }
        Endpoint stated = StatedPeers.of(transport);
        return stated == null ? -1 : stated.port();
    }
}
