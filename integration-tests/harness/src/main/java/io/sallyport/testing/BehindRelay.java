package io.sallyport.testing;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * A server without TLS that is reached through a relay, in a process of its own, over a watched wire. The place that its URL names leads to it
 * as well, and must stay unused. With {@code -Dsallyport.relayed=true} all database servers of the tests are such. Thread-safe.
 */
public final class BehindRelay implements Approach {

    private static final boolean WANTED = Boolean.getBoolean("sallyport.relayed");

    private static final TestAuthority AUTHORITY = TestAuthority.create("control plane");
    private static final Map<Integer, BehindRelay> BY_PLACE = new ConcurrentHashMap<>();

    private final RelayProcess relay;
    private final WatchedWire wire;
    private final RecordingProxy place;

    private BehindRelay(RelayProcess relay, WatchedWire wire, RecordingProxy place) {
        this.relay = relay;
        this.wire = wire;
        this.place = place;
    }

    /** Whether servers that could speak TLS must not, in this run. */
    static boolean isWanted() {
        return WANTED;
    }

    /** @param directory for certificates; created where it is missing */
    static BehindRelay to(int serverPort, Path directory) throws IOException {
        Files.createDirectories(directory);
        Path certificate = directory.resolve("relay.pem");
        Path key = directory.resolve("relay-key.pem");
        AUTHORITY.server("localhost").writeTo(certificate, key);
        Path ca = AUTHORITY.writeTo(directory.resolve("relay-ca.pem"));
        try {
            RelayProcess relay = RelayProcess.start(certificate, key, ca, serverPort);
            WatchedWire wire = WatchedWire.to(relay.port(), TlsBegins.AT_ONCE);
            BehindRelay started = new BehindRelay(relay, wire, RecordingProxy.to(serverPort));
            BY_PLACE.put(started.port(), started);
            return started;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** The port of the relay before whoever is reached at {@code port}; {@code null} where there is none. */
    public static @Nullable Integer relayBefore(int port) {
        BehindRelay found = BY_PLACE.get(port);
        return found == null ? null : found.wire.port();
    }

    /** TLS with a certificate that the relays admit, to a relay that has one of theirs. */
    public static SSLSocket layer(Socket connected, String host, int port) throws IOException {
        try {
            SSLContext context = AUTHORITY.clientContext(AUTHORITY.client("tests"));
            SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(connected, host, port, true);
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            return socket;
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    @Override
    public int port() {
        return place.port();
    }

    @Override
    public void close() throws IOException {
        BY_PLACE.remove(port());
        int past = place.connections();
        place.close();
        try {
            relay.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        wire.close();
        if (past > 0) {
            throw new AssertionError(past + " connections went past the relay");
        }
        if (wire.connections() == 0) {
            throw new AssertionError("nobody came through the relay");
        }
    }
}
