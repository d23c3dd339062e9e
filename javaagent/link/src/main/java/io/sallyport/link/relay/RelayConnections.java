package io.sallyport.link.relay;

import io.sallyport.link.LinkException;
import io.sallyport.link.trust.ControlPlaneTrust;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Date;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** Layers TLS on sockets that are connected to a relay. Thread-safe. */
public final class RelayConnections {

    /** Where the certificate of today comes from. */
    public interface Credentials {
        /** @throws LinkException when there is none, or nobody to trust */
        RelayCredentials current() throws LinkException;
    }

    private final Credentials credentials;
    private final InstantSource clock;
    private volatile @Nullable Made made;

    /** A context is kept while the certificate is the same, so that sessions are resumed. */
    private record Made(RelayCredentials of, SSLContext context) {}

    public RelayConnections(Credentials credentials) {
        this(credentials, InstantSource.system());
    }

    /** @param clock by which certificates of relays end */
    RelayConnections(Credentials credentials, InstantSource clock) {
        this.credentials = credentials;
        this.clock = clock;
    }

    /**
     * @param host the relay's name, which its certificate must carry
     * @return the layered socket, its handshake complete; closing it closes {@code connected}
     * @throws IOException when the relay is not to be trusted or does not admit this workload; says what to do
     */
    public SSLSocket layer(Socket connected, String host, int port) throws IOException {
        try {
            SSLSocket socket = (SSLSocket) context().getSocketFactory().createSocket(connected, host, port, true);
            ControlPlaneTrust.demandOfRelay(socket);
            socket.startHandshake();
            demandValidity(socket);
            return socket;
        } catch (SocketTimeoutException e) {
            throw new IOException("the relay " + host + ":" + port + " does not answer the TLS handshake in time", e);
        } catch (SSLException e) {
            throw new IOException(
                    "the relay " + host + ":" + port + " is refused (" + e.getMessage()
                            + "): check that a relay of this control plane listens there, under a certificate for "
                            + host,
                    e);
        } catch (LinkException e) {
            throw new IOException("no connection through the relay " + host + ":" + port + ": " + e.getMessage(), e);
        }
    }

    /**
     * A session that is resumed (RFC 8446, section 2.2) does not show the certificate again, nor does the JDK look at the old one: without this
     * a relay's certificate would be good for as long as sessions are, a day after its end.
     */
    private void demandValidity(SSLSocket socket) throws IOException {
        SSLSession session = socket.getSession();
        for (Certificate shown : session.getPeerCertificates()) {
            X509Certificate certificate = (X509Certificate) shown;
            try {
                certificate.checkValidity(Date.from(clock.instant()));
            } catch (CertificateException e) {
                session.invalidate();
                socket.close();
                throw new SSLPeerUnverifiedException("its certificate is outside its validity, until "
                        + certificate.getNotAfter().toInstant());
            }
        }
    }

    private SSLContext context() throws LinkException {
        RelayCredentials now = credentials.current();
        Made known = made;
        if (known != null && known.of().equals(now)) {
            return known.context();
        }
        SSLContext context = now.trust().relayTls(now.key(), now.certificate());
        made = new Made(now, context);
        return context;
    }
}
