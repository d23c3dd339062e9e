package io.sallyport.weaving.tls;

import io.sallyport.core.verdict.TlsFacts;
import java.net.Socket;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.StringJoiner;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

/** Reads TLS facts from a session or from the socket that has it. Thread-safe. */
public final class TlsSessions {

    private final TrustedRoots roots;
    private final RelayedSockets relayed;

    public TlsSessions(TrustedRoots roots, RelayedSockets relayed) {
        this.roots = roots;
        this.relayed = relayed;
    }

    /**
     * @param host the name or address that was asked for
     * @param rootFiles PEM files whose certificates are trusted besides the platform's
     */
    public TlsFacts inspect(Socket socket, String host, List<String> rootFiles) {
        if (!(socket instanceof SSLSocket tls)) {
            TlsFacts toRelay = relayed.facts(socket);
            return toRelay == null ? plain(socket) : toRelay;
        }
        if (tls.getClass().getModule() != Object.class.getModule()) {
            // Another provider's, or a class of the application's that says whatever it likes.
            return TlsFacts.foreign(tls.getClass());
        }
        SSLSession session = tls.getSession();
        return session.isValid() ? inspect(session, host, rootFiles) : TlsFacts.PLAINTEXT;
    }

    /** The same for a session whose handshake is complete. */
    public TlsFacts inspect(SSLSession session, String host, List<String> rootFiles) {
        if (isWithoutSecrecy(session.getCipherSuite())) {
            return TlsFacts.PLAINTEXT;
        }
        X509Certificate[] chain = chain(session);
        String peer = chain.length == 0 ? null : subjects(chain);
        boolean trusted = chain.length > 0 && roots.trust(chain, rootFiles);
        boolean matches = chain.length > 0 && HostNames.match(host, chain[0]);
        return new TlsFacts(true, session.getProtocol(), session.getCipherSuite(), peer, trusted, matches);
    }

    /** A connection that nothing protects, and where it is seen to lead. */
    public static TlsFacts plain(Socket socket) {
        String elsewhere = ProxiedSockets.elsewhere(socket);
        return elsewhere == null ? TlsFacts.PLAINTEXT : TlsFacts.PLAINTEXT.leadingTo(elsewhere);
    }

    private static String subjects(X509Certificate[] chain) {
        StringJoiner subjects = new StringJoiner(" < ");
        for (X509Certificate certificate : chain) {
            subjects.add(certificate.getSubjectX500Principal().getName());
        }
        return subjects.toString();
    }

    /** Suites that encrypt nothing, or with 40 bits; the JDK has them, for whoever takes them off its list of disabled algorithms. */
    private static boolean isWithoutSecrecy(String cipherSuite) {
        return cipherSuite.contains("_WITH_NULL_") || cipherSuite.contains("_EXPORT_");
    }

    private static X509Certificate[] chain(SSLSession session) {
        try {
            Certificate[] certificates = session.getPeerCertificates();
            X509Certificate[] chain = new X509Certificate[certificates.length];
            for (int i = 0; i < certificates.length; i++) {
                if (!(certificates[i] instanceof X509Certificate x509)) {
                    return new X509Certificate[0];
                }
                chain[i] = x509;
            }
            return chain;
        } catch (SSLPeerUnverifiedException anonymous) {
            return new X509Certificate[0];
        }
    }
}
