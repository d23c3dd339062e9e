package io.sallyport.http.contract;

import io.sallyport.core.policy.TlsRequirement;
import io.sallyport.testing.IssuedCertificate;
import io.sallyport.testing.TlsBegins;
import io.sallyport.testing.TlsFront;
import io.sallyport.testing.WatchedWire;
import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Set;

/**
 * A server of these tests as its callers find it: over TLS, which the policy demands there and verifies, and over a wire that looks at every
 * byte. Closing it fails where anything that a test sent or was answered could be read.
 */
public final class OverTls implements AutoCloseable {

    private static final IssuedCertificate CERTIFICATE = Roots.AUTHORITY.server("localhost", "127.0.0.1");

    private final TlsFront front;
    private final WatchedWire wire;

    private OverTls(TlsFront front, WatchedWire wire) {
        this.front = front;
        this.wire = wire;
    }

    /** Before what speaks plain text on {@code 127.0.0.1:plainPort}. */
    public static OverTls to(int plainPort) throws IOException {
        try {
            TlsFront front = TlsFront.to(plainPort, CERTIFICATE);
            WatchedWire wire = WatchedWire.to(front.port(), TlsBegins.AT_ONCE);
            Governed.demandTls(
                    wire.port(), new TlsRequirement(TlsRequirement.Level.VERIFY_FULL, "TLSv1.2", List.of(), Set.of()));
            return new OverTls(front, wire);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK cannot serve its own certificates", e);
        }
    }

    public int port() {
        return wire.port();
    }

    public URI at(String pathAndQuery) {
        return URI.create("https://127.0.0.1:" + wire.port() + pathAndQuery);
    }

    List<String> readable() {
        return wire.readable();
    }

    /** @throws AssertionError when something could be read on the wire */
    @Override
    public void close() throws IOException {
        Governed.demandNoTls(wire.port());
        front.close();
        wire.close();
    }
}
