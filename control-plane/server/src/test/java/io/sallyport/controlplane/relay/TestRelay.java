package io.sallyport.controlplane.relay;

import io.sallyport.testing.TestAuthority;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.InstantSource;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A relay before an {@link Target#echo}, with an authority of its own. */
final class TestRelay implements AutoCloseable {

    private final TestAuthority authority = TestAuthority.create("control plane");
    private final Target target = Target.echo();
    private final Relay relay;

    TestRelay(Path directory, int maxConnections, InstantSource clock) throws Exception {
        relay = new Relay(
                new RelaySettings(new HostPort("127.0.0.1", 0), target.at(), maxConnections),
                certificates(directory),
                clock);
    }

    /** Whose target has a name, to be looked up. */
    TestRelay(Path directory, String name, NameService.Lookup lookup) throws Exception {
        relay = new Relay(
                new RelaySettings(
                        new HostPort("127.0.0.1", 0),
                        new HostPort(name, target.at().port()),
                        100),
                certificates(directory),
                InstantSource.system(),
                lookup);
    }

    private RelayCertificates certificates(Path directory) throws Exception {
        RelayFiles files = RelayFiles.in(directory, directory.resolve("ca.pem"));
        authority.server("relay").writeTo(files.certificate(), files.key());
        authority.writeTo(files.authority());
        return new RelayCertificates(files);
    }

    TestAuthority authority() {
        return authority;
    }

    RelayMetrics metrics() {
        return relay.metrics();
    }

    /** How many connections have reached the target. */
    int carried() {
        return target.accepted();
    }

    /** A TCP connection. */
    Socket dial(String from) throws IOException {
        Socket socket = new Socket();
        socket.setSoTimeout(30_000);
        socket.bind(new InetSocketAddress(from, 0));
        socket.connect(new InetSocketAddress("127.0.0.1", relay.port()));
        return socket;
    }

    /** The same, with TLS, after the client's part of the handshake. */
    SSLSocket connect(String from, SSLContext context) throws IOException {
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(dial(from), "relay", relay.port(), true);
        socket.startHandshake();
        return socket;
    }

    /** @return whether the other end answers; {@code false} when it has hung up */
    static boolean echoes(Socket socket) throws IOException {
        try {
            socket.getOutputStream().write('x');
            return socket.getInputStream().read() == 'x';
        } catch (SocketTimeoutException silent) {
            throw silent;
        } catch (IOException reset) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        relay.close();
        target.close();
    }
}
