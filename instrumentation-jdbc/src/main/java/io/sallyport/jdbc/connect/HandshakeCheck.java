package io.sallyport.jdbc.connect;

import io.sallyport.core.command.Endpoint;
import io.sallyport.core.verdict.RefusedException;
import io.sallyport.jdbc.Jdbc;
import io.sallyport.jdbc.Refused;
import io.sallyport.weaving.OwnLoaders;
import java.sql.SQLException;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSession;
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
