package io.sallyport.http;

import io.sallyport.core.command.ConnectCommand;
import io.sallyport.core.command.Endpoint;
import io.sallyport.core.command.Target;
import io.sallyport.core.policy.TlsRequirement;
import io.sallyport.core.verdict.Gate;
import io.sallyport.core.verdict.RefusedException;
import io.sallyport.core.verdict.TlsFacts;
import io.sallyport.http.JudgedConnections.Judgement;
import io.sallyport.weaving.AgentContext;
import io.sallyport.weaving.CallSites;
import io.sallyport.weaving.tls.TlsSessions;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * Whether TLS leads to whom it has to: judged when a handshake is finished, for the name that its socket or engine was made for; again when something
 * is sent after the policy began to demand something else; and, over sockets, for each host that a request names and its handshake did not. What name
 * TLS is layered for an application's socket factory chooses, whatever its client asks for. Thread-safe.
 */
public final class ServerTruth {

    private static final Supplier<@Nullable String> NOBODY = () -> null;

    private final Gate gate;
    private final TlsSessions sessions;
    private final JudgedConnections connections;

    ServerTruth(AgentContext context) {
        this.gate = context.gate();
        this.sessions = context.tlsSessions();
        this.connections = new JudgedConnections(gate);
    }

    /**
     * @param connection the JDK's {@code SSLSocket} or {@code SSLEngine}
     * @param host as it was asked for
     * @param acceptedBy what of the application's let the peer pass
     * @throws RefusedException where the policy takes that session for none with that server; the caller closes
     */
    public void judge(
            Target server, Object connection, SSLSession session, String host, Supplier<@Nullable String> acceptedBy)
            throws RefusedException {
        Object demands = gate.tlsDemands();
        TlsRequirement required = gate.tls(server);
        if (required.level() == TlsRequirement.Level.OFF) {
            // Whose certificate it is costs a chain's verification, which nobody asked for here.
            SeenTls.remember(server, session.getProtocol() + " " + session.getCipherSuite());
        } else {
            TlsFacts facts = sessions.inspect(session, host, required.roots()).acceptedBy(acceptedBy.get());
            SeenTls.remember(server, facts.describe());
            verify(server, facts);
        }
        connections.judged(connection, new Judgement(server, host, required), demands);
    }

    private void verify(Target server, TlsFacts facts) throws RefusedException {
        gate.verifyTls(
                new ConnectCommand(server, "https-" + UUID.randomUUID(), CallSites.unwalked(), Map.of(), ""), facts);
    }

    /**
     * Something is about to be sent over that connection, which may be older than the policy.
     *
     * @throws RefusedException where it is not what the policy demands by now; it is closed
     */
    public void using(Object connection) throws RefusedException {
        Object demands = gate.tlsDemands();
        List<Judgement> before = connections.outdated(connection);
        if (before.isEmpty()) {
            return;
        }
        SSLSession session = session(connection);
        try {
            for (Judgement judgement : before) {
                judge(judgement.server(), connection, session, judgement.host(), NOBODY);
            }
        } catch (RefusedException refused) {
            session.invalidate();
            close(connection);
            throw refused;
        } finally {
            connections.settled(connection, demands);
        }
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
        Target server = RequestTarget.of(uri, "/");
        if (socket instanceof SSLSocket tls && isJdks(tls)) {
            using(tls);
            carrying(tls, server);
            return;
        }
        WrappedSocket wrapped = WrappedSocket.of(socket);
        if (wrapped == null || !wrapped.isFor(server, gate.tlsDemands())) {
            claim(socket, wrapped, server);
        }
    }

    /**
     * The same of a client over channels, whose connection tells the session of its TLS: the application's code may have had its engine made for another.
     *
     * @throws RefusedException where the policy takes that session for none with that host; the caller closes
     */
    public void sending(URI uri, SSLSession session) throws RefusedException {
        Target server = RequestTarget.of(uri, "/");
        Endpoint place = server.endpoints().get(0);
        boolean judged = place.host().equalsIgnoreCase(session.getPeerHost()) && place.port() == session.getPeerPort();
        if (judged || !isTls(uri)) {
            return;
        }
        TlsRequirement required = gate.tls(server);
        if (required.level() != TlsRequirement.Level.OFF) {
            verify(
                    server,
                    isJdks(session)
                            ? sessions.inspect(session, place.host(), required.roots())
                            : TlsFacts.foreign(session.getClass()));
        }
    }

    /** What is meant for that server goes through that socket of the JDK's. */
    void carrying(SSLSocket tls, Target server) throws RefusedException {
        if (connections.isJudged(tls, server)) {
            return;
        }
        SSLSession session = tls.getSession();
        if (tls.isClosed()) {
            // The handshake was to come and failed, which whoever writes is told by the JDK.
            return;
        }
        try {
            judge(server, tls, session, host(server), NOBODY);
        } catch (RefusedException refused) {
            close(tls);
            throw refused;
        }
    }

    /**
     * A socket of another class than the JDK's: TLS of somebody else's, or one that wraps a socket of the JDK's. What it says is judged first, and what
     * it does with the bytes is seen when they are written ({@link WrappedSocket}).
     */
    private void claim(Socket socket, @Nullable WrappedSocket wrapped, Target server) throws RefusedException {
        Object demands = gate.tlsDemands();
        TlsRequirement required = gate.tls(server);
        boolean demanded = required.level() != TlsRequirement.Level.OFF;
        if (demanded) {
            try {
                verify(server, wrapped == null ? foreign(socket) : claimed(socket, host(server), required.roots()));
            } catch (RefusedException refused) {
                close(socket);
                throw refused;
            }
        }
        if (wrapped != null) {
            wrapped.isJudgedFor(server, demanded, demands);
        }
    }

    private TlsFacts claimed(Socket socket, String host, List<String> roots) {
        SSLSession session = socket instanceof SSLSocket tls ? tls.getSession() : null;
        return session != null && isJdks(session) ? sessions.inspect(session, host, roots) : foreign(socket);
    }

    private static TlsFacts foreign(Socket socket) {
        return socket instanceof SSLSocket ? TlsFacts.foreign(socket.getClass()) : TlsFacts.PLAINTEXT;
    }

    /** What is written to a wrapper leaves by another way than the TLS that it claims to be. */
    void strayed(Socket wrapper, Target server) throws RefusedException {
        try {
            verify(server, TlsFacts.foreign(wrapper.getClass()));
        } catch (RefusedException refused) {
            close(wrapper);
            throw refused;
        }
    }

    private static boolean isJdks(Object tls) {
        return tls.getClass().getModule() == Object.class.getModule();
    }

    private static String host(Target server) {
        return server.endpoints().get(0).host();
    }

    private static SSLSession session(Object connection) {
        return connection instanceof SSLEngine engine ? engine.getSession() : ((SSLSocket) connection).getSession();
    }

    private static void close(Object connection) {
        if (connection instanceof SSLEngine engine) {
            engine.closeOutbound();
        } else {
            try {
                ((Socket) connection).close();
            } catch (IOException gone) {
                // Then nothing can be written to it either.
            }
        }
    }
}
