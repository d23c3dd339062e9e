package io.sallyport.http.tls;

import io.sallyport.core.command.ConnectCommand;
import io.sallyport.core.command.Endpoint;
import io.sallyport.core.command.Target;
import io.sallyport.core.policy.TlsRequirement;
import io.sallyport.core.verdict.Gate;
import io.sallyport.core.verdict.RefusedException;
import io.sallyport.core.verdict.TlsFacts;
import io.sallyport.http.RequestTarget;
import io.sallyport.weaving.AgentContext;
import io.sallyport.weaving.CallSites;
import io.sallyport.weaving.OwnLoaders;
import io.sallyport.weaving.tls.StatedPeers;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.WeakHashMap;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * TLS that is not the JDK's begins a handshake as a client: BoringSSL by Conscrypt or Netty, Bouncy Castle, a class of the application. What it
 * makes of certificates and versions cannot be judged, so it is told from the demand alone. Thread-safe.
 */
final class ForeignTls {

    private static final Gate GATE = AgentContext.current().gate();
    private static final Set<Object> JUDGED =
            Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    private ForeignTls() {}

    static void beginning(Object transport) throws SSLHandshakeException {
        if (OwnLoaders.contains(transport.getClass().getClassLoader()) || JUDGED.contains(transport)) {
            return;
        }
        if (transport instanceof SSLSocket && Wrappers.holdsJdks(transport)) {
            // The handshake is that of the socket within, and judged there.
            return;
        }
        judge(transport, transport instanceof SSLEngine engine ? target(engine) : target((SSLSocket) transport));
        if (transport instanceof SSLEngine engine && engine.getUseClientMode()) {
            Endpoint stated = StatedPeers.of(engine);
            judge(transport, stated == null ? null : RequestTarget.https(stated.host(), stated.port()));
        }
    }

    private static void judge(Object transport, @Nullable Target target) throws SSLHandshakeException {
        if (target == null || GATE.tls(target).level() == TlsRequirement.Level.OFF) {
            return;
        }
        ConnectCommand connect =
                new ConnectCommand(target, "https-" + UUID.randomUUID(), CallSites.unwalked(), Map.of(), "");
        try {
            GATE.verifyTls(connect, TlsFacts.foreign(transport.getClass()));
            JUDGED.add(transport);
        } catch (RefusedException refused) {
            throw new SSLHandshakeException(refused.refusal().describe());
        }
    }

    private static @Nullable Target target(SSLEngine engine) {
        String host = named(engine.getSSLParameters(), engine.getPeerHost());
        return engine.getUseClientMode() && host != null ? RequestTarget.https(host, engine.getPeerPort()) : null;
    }

    /** No session is asked: that would be the handshake; and no name service. */
    private static @Nullable Target target(SSLSocket socket) {
        String address =
                socket.getInetAddress() == null ? "" : socket.getInetAddress().toString();
        String known = address.startsWith("/") ? address.substring(1) : address.replaceFirst("/.*", "");
        String host = named(socket.getSSLParameters(), known);
        return socket.getUseClientMode() && host != null ? RequestTarget.https(host, socket.getPort()) : null;
    }

    private static @Nullable String named(@Nullable SSLParameters parameters, @Nullable String otherwise) {
        List<SNIServerName> names = parameters == null ? null : parameters.getServerNames();
        if (names != null && !names.isEmpty() && names.get(0) instanceof SNIHostName sni) {
            return sni.getAsciiName();
        }
        return otherwise == null || otherwise.isEmpty() ? null : otherwise;
    }
}
