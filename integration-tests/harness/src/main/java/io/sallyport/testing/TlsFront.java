package io.sallyport.testing;

import java.io.IOException;
import java.security.GeneralSecurityException;

/** TLS before a server of the loopback interface that has none, as a load balancer does it. Thread-safe. */
public final class TlsFront implements AutoCloseable {

    private static final TcpForwarder.Tap NOBODY = new TcpForwarder.Tap() {
        @Override
        public void sent(byte[] bytes, int length) {}

        @Override
        public void answered(byte[] bytes, int length) {}
    };

    private final TcpForwarder forwarder;

    private TlsFront(TcpForwarder forwarder) {
        this.forwarder = forwarder;
    }

    /** On a free port, with that certificate. */
    public static TlsFront to(int serverPort, IssuedCertificate certificate)
            throws IOException, GeneralSecurityException {
        return new TlsFront(new TcpForwarder(
                certificate.serverContext().getServerSocketFactory().createServerSocket(), serverPort, () -> NOBODY));
    }

    public int port() {
        return forwarder.port();
    }

    @Override
    public void close() throws IOException {
        forwarder.close();
    }
}
