package io.sallyport.jdbc.connect;

import io.sallyport.core.command.Endpoint;
import io.sallyport.core.verdict.RefusedException;
import io.sallyport.core.verdict.TlsFacts;
import io.sallyport.jdbc.Jdbc;
import io.sallyport.jdbc.Refused;
import io.sallyport.weaving.OwnLoaders;
import java.io.IOException;
import java.net.Socket;
import java.sql.SQLException;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * The truth about TLS that a driver speaks inside its own packets (SQL Server), over channels (Oracle) or on a socket that it shows nobody (H2):
 * the JDK's handshake, when it is complete, on the thread that opens the connection. The driver sends who it is afterwards.
 */
public final class HandshakeCheck {

    private HandshakeCheck() {}

    /**
     * @param transport the {@code SSLSocket} or {@code SSLEngine}
     * @param session its {@code SSLSession}
     * @throws SSLHandshakeException where the policy refuses; the caller of the driver gets the refusal itself
     */
    public static void finished(Object transport, Object session) throws SSLHandshakeException {
        // The agent's own channel opens no database.
        if (OwnLoaders.contains(Thread.currentThread().getClass().getClassLoader())) {
            return;
        }
        Jdbc jdbc = Jdbc.current();
        Attempt attempt = jdbc.attempts().current();
        if (attempt != null
                && attempt.sight() == Attempt.Sight.HANDSHAKE
                && jdbc.attempts().isShaking()) {
            judge(attempt, transport, (SSLSession) session);
        }
    }

    /**
     * A driver is about to name its user on what it takes for TLS: where no handshake of the JDK's was seen, it is none, or one of which nobody
     * can tell what it is.
     *
     * @param transport the driver's socket or {@code SSLEngine}; {@code null} where it has none
     * @throws SQLException where the policy refuses; the socket is closed
     */
    public static void beforeLogin(@Nullable Object transport) throws SQLException {
        Attempt attempt = Jdbc.current().attempts().current();
        if (attempt == null || attempt.sight() != Attempt.Sight.HANDSHAKE) {
            return;
        }
        if (transport instanceof SSLSocket lazy && isOfTheJdk(lazy)) {
            // Shakes hands where it has not yet, and is judged there.
            lazy.getSession();
        }
        SQLException refusal = attempt.refusal();
        if (refusal == null && !attempt.takeShaken()) {
            refusal = unseen(attempt, transport);
        }
        if (refusal != null) {
            close(transport);
            throw refusal;
        }
    }

    /** The same where a driver's one handshake may be long over. */
    public static void afterHandshake(@Nullable Object transport) throws SQLException {
        Attempt attempt = Jdbc.current().attempts().current();
        if (attempt == null || attempt.sight() != Attempt.Sight.HANDSHAKE || attempt.isVerified()) {
            return;
        }
        SQLException refusal = unseen(attempt, transport);
        if (refusal != null) {
            throw refusal;
        }
    }

    private static @Nullable SQLException unseen(Attempt attempt, @Nullable Object transport) {
        TlsFacts facts =
                transport != null && isForeign(transport) ? TlsFacts.foreign(transport.getClass()) : TlsFacts.PLAINTEXT;
        try {
            Jdbc.current().gate().verifyTls(attempt.command(), facts);
            attempt.shaken();
            return null;
        } catch (RefusedException refused) {
            SQLException translated = Refused.translate(refused);
            attempt.refused(translated);
            return translated;
        }
    }

    private static boolean isForeign(Object transport) {
        return (transport instanceof SSLSocket || transport instanceof SSLEngine) && !isOfTheJdk(transport);
    }

    private static boolean isOfTheJdk(Object transport) {
        return transport.getClass().getModule() == Object.class.getModule();
    }

    private static void close(@Nullable Object transport) {
        if (transport instanceof Socket socket) {
            try {
                socket.close();
            } catch (IOException gone) {
                // Then nothing more is sent on it.
            }
        }
    }

    private static void judge(Attempt attempt, Object transport, SSLSession session) throws SSLHandshakeException {
        Jdbc jdbc = Jdbc.current();
        try {
            List<String> roots = jdbc.gate().tls(attempt.command().target()).roots();
            jdbc.gate()
                    .verifyTls(attempt.command(), jdbc.tlsSessions().inspect(session, host(attempt, session), roots));
            attempt.shaken();
        } catch (RefusedException refused) {
            session.invalidate();
            if (transport instanceof SSLEngine engine) {
                engine.closeOutbound();
            }
            SQLException translated = Refused.translate(refused);
            attempt.refused(translated);
            throw new SSLHandshakeException(refused.refusal().describe());
        }
    }

    /** Whom the driver asked for: the URL's host, or where a server that was judged before sent it on to. */
    private static String host(Attempt attempt, SSLSession session) {
        @Nullable String asked = session.getPeerHost();
        if (asked != null && !asked.isEmpty()) {
            return asked;
        }
        List<Endpoint> listed = attempt.command().target().endpoints();
        return listed.size() == 1 ? listed.get(0).host() : "";
    }
}
