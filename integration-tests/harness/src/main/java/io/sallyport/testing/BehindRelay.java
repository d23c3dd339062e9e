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

    private static final Map<Integer, BehindRelay> BY_PLACE = new ConcurrentHashMap<>();

    /** By the server's port; they are lent with it ({@link LentPostgres}) and end with this process. */
    private static final Map<Integer, RelayProcess> RELAYS = new ConcurrentHashMap<>();

    private final WatchedWire wire;
    private final RecordingProxy place;

    private BehindRelay(WatchedWire wire, RecordingProxy place) {
        this.wire = wire;
        this.place = place;
    }

    /** Whether servers that could speak TLS must not, in this run. */
    static boolean isWanted() {
        return WANTED;
    }

    /** Before what listens on {@code localhost:serverPort} without TLS. */
    public static BehindRelay to(int serverPort) throws IOException {
        RelayProcess relay = RELAYS.get(serverPort);
        if (relay == null) {
            relay = start(serverPort);
            RELAYS.put(serverPort, relay);
        }
        WatchedWire wire = WatchedWire.to(relay.port(), TlsBegins.AT_ONCE);
        BehindRelay started = new BehindRelay(wire, RecordingProxy.to(serverPort));
        BY_PLACE.put(started.port(), started);
        return started;
    }

    private static RelayProcess start(int serverPort) throws IOException {
        Path directory = Files.createTempDirectory("sallyport-relay");
        Path certificate = directory.resolve("relay.pem");
        Path key = directory.resolve("relay-key.pem");
        Control.AUTHORITY.server("localhost").writeTo(certificate, key);
        Path ca = Control.AUTHORITY.writeTo(directory.resolve("relay-ca.pem"));
        try {
            RelayProcess relay = RelayProcess.start(certificate, key, ca, serverPort);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(relay)));
            return relay;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static void end(RelayProcess relay) {
        try {
            relay.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The port of the relay before whoever is reached at {@code port}; {@code null} where there is none. */
    public static @Nullable Integer relayBefore(int port) {
        BehindRelay found = BY_PLACE.get(port);
        return found == null ? null : found.wire.port();
    }

    /** TLS with a certificate that the relays admit, to a relay that has one of theirs. */
    public static SSLSocket layer(Socket connected, String host, int port) throws IOException {
        SSLSocket socket = (SSLSocket) Control.CALLERS.getSocketFactory().createSocket(connected, host, port, true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    /** Whom relays and their callers trust; made where there are relays. */
    private static final class Control {

        static final TestAuthority AUTHORITY = TestAuthority.create("control plane");
        static final SSLContext CALLERS = callers();

        private static SSLContext callers() {
            try {
                return AUTHORITY.clientContext(AUTHORITY.client("tests"));
            } catch (GeneralSecurityException | IOException e) {
                throw new IllegalStateException(e);
            }
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
        wire.close();
        if (past > 0) {
            throw new AssertionError(past + " connections went past the relay");
        }
        if (wire.connections() == 0) {
            throw new AssertionError("nobody came through the relay");
        }
    }
}
