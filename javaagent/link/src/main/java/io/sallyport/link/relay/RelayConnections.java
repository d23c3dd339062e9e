package io.sallyport.link.relay;

import io.sallyport.link.LinkException;
import io.sallyport.link.trust.ControlPlaneTrust;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
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
    private volatile @Nullable Made made;

    /** A context is kept while the certificate is the same, so that sessions are resumed. */
    private record Made(RelayCredentials of, SSLContext context) {}

    public RelayConnections(Credentials credentials) {
        this.credentials = credentials;
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
