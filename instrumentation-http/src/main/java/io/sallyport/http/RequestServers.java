package io.sallyport.http;

import io.sallyport.core.command.ConnectCommand;
import io.sallyport.core.command.Endpoint;
import io.sallyport.core.command.Target;
import io.sallyport.core.policy.TlsRequirement;
import io.sallyport.core.verdict.Gate;
import io.sallyport.core.verdict.RefusedException;
import io.sallyport.core.verdict.TlsFacts;
import io.sallyport.weaving.AgentContext;
import io.sallyport.weaving.CallSites;
import io.sallyport.weaving.tls.TlsSessions;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Whether the TLS that a request is written to leads to the host that the request is for. A handshake is judged by the name that its socket was
 * made for, and that name an application's socket factory chooses: a client asks it for one host, and it may layer TLS for another, or none at
 * all. So a connection is judged once more for each host that a request over it names and its handshake did not. Thread-safe.
 */
public final class RequestServers {

    /** By socket, which the JDK's and its kind compare by identity. */
    private static final Map<Object, Set<Endpoint>> JUDGED = Collections.synchronizedMap(new WeakHashMap<>());

    private final Gate gate;
    private final TlsSessions sessions;

    RequestServers(AgentContext context) {
        this.gate = context.gate();
        this.sessions = context.tlsSessions();
    }

    /** A finished handshake of this socket was judged as one with that target. */
    public static void judged(Socket socket, Target target) {
        JUDGED.computeIfAbsent(socket, first -> ConcurrentHashMap.newKeySet()).addAll(target.endpoints());
    }

    static boolean isTls(URI uri) {
        return "https".equalsIgnoreCase(uri.getScheme()) || "wss".equalsIgnoreCase(uri.getScheme());
    }

    /**
     * A request to {@code uri} is about to be written to that socket, and nothing of it was.
     *
     * @param socket {@code null} where nobody can tell: then the handshake's own judgement stands
     * @throws RefusedException where the policy takes the connection, which is closed, for none with that host
     */
    void sending(URI uri, @Nullable Socket socket) throws RefusedException {
        if (socket == null || !isTls(uri)) {
            return;
        }
        Target target = RequestTarget.of(uri, "/");
        Set<Endpoint> known = JUDGED.get(socket);
        if (known != null && known.containsAll(target.endpoints())) {
            return;
        }
        TlsRequirement required = gate.tls(target);
        if (required.level() != TlsRequirement.Level.OFF) {
            verify(target, required, socket);
        }
        judged(socket, target);
    }

    private void verify(Target target, TlsRequirement required, Socket socket) throws RefusedException {
        Endpoint asked = target.endpoints().get(0);
        TlsFacts facts = sessions.inspect(socket, asked.host(), required.roots());
        ConnectCommand connect =
                new ConnectCommand(target, "https-" + UUID.randomUUID(), CallSites.unwalked(), Map.of(), "");
        try {
            gate.verifyTls(connect, facts);
        } catch (RefusedException refused) {
            try {
                socket.close();
            } catch (IOException gone) {
                // Then nothing can be written to it either.
            }
            throw refused;
        }
    }
}
