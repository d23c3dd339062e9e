package io.sallyport.http.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.example.gullible.Gullible;
import io.example.gullible.LayeringFactory;
import io.sallyport.core.policy.TlsRequirement;
import io.sallyport.core.policy.TlsRequirement.Level;
import io.sallyport.http.contract.Governed;
import io.sallyport.testing.IssuedCertificate;
import io.sallyport.testing.TestAuthority;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Clients over sockets whose TLS an application's factory makes, for another place than the client asks for. */
@Timeout(60)
class LyingSocketFactoriesTest {

    private static final String UNTRUSTED = "does not lead to a trusted root";
    private static final String WRONG_HOST = "is not for the host that was asked for";

    @TempDir
    Path directory;

    private final AtomicInteger requests = new AtomicInteger();
    private final IssuedCertificate forOther = TestAuthority.selfSigned("other.example");
    private HttpsServer server;

    @BeforeEach
    void begin() throws Exception {
        Governed.start();
        serve(forOther);
    }

    private void serve(IssuedCertificate certificate) throws Exception {
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getByName("localhost"), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(certificate.serverContext()));
        server.createContext("/", exchange -> {
            requests.incrementAndGet();
            byte[] hello = "hello".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, hello.length);
            exchange.getResponseBody().write(hello);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        Governed.demandNoTls(port());
        server.stop(0);
    }

    /** The name that the factory tells is the certificate's, and the certificate is trusted: it is for another host than the request. */
    @ParameterizedTest
    @EnumSource
    void aRequestIsForTheHostOfItsUrlWhateverNameTheFactoryTells(SocketClient client) throws Exception {
        assertThat(client.get(uri(), lying("other.example", 0))).isEqualTo("hello");
        demand(port(), forOther.writeCertificate(directory.resolve("other.pem")).toString());

        assertThatThrownBy(() -> client.get(uri(), lying("other.example", 0))).hasStackTraceContaining(WRONG_HOST);
        assertThat(requests).hasValue(1);
    }

    @ParameterizedTest
    @EnumSource
    void aRequestIsForThePortOfItsUrlWhateverPortTheFactoryTells(SocketClient client) throws Exception {
        assertThat(client.get(uri(), lying("elsewhere.example", 1))).isEqualTo("hello");
        demand(port());

        assertThatThrownBy(() -> client.get(uri(), lying("elsewhere.example", 1)))
                .hasStackTraceContaining(UNTRUSTED);
        assertThat(requests).hasValue(1);
    }

    /** A handshake for no name, over a socket that leads to no address, is one that nobody can judge: the request is. */
    @Test
    void aRequestIsForTheHostOfItsUrlWhereTheFactoryTellsNone() throws Exception {
        for (String name : Arrays.asList(null, "")) {
            assertThat(SocketClient.URL_CONNECTION.get(uri(), nameless(name))).isEqualTo("hello");
        }
        requests.set(0);
        demand(port());
        for (String name : Arrays.asList(null, "")) {
            assertThatThrownBy(() -> SocketClient.URL_CONNECTION.get(uri(), nameless(name)))
                    .hasStackTraceContaining(UNTRUSTED);
        }
        assertThat(requests).hasValue(0);
    }

    private static SSLSocketFactory nameless(String name) throws Exception {
        SSLSocketFactory honest = Gullible.context().getSocketFactory();
        return new LayeringFactory(
                honest,
                (connected, asked, askedPort) -> honest.createSocket(new Nowhere(connected), name, askedPort, true));
    }

    /** Another name for the handshake (RFC 6066 section 3) is no lie where the certificate is for the URL's host, too. */
    @ParameterizedTest
    @EnumSource
    void aFactoryMayTellAnotherNameWhereTheCertificateIsForTheHostOfTheUrl(SocketClient client) throws Exception {
        server.stop(0);
        IssuedCertificate forLocalhost = TestAuthority.selfSigned("localhost");
        serve(forLocalhost);
        demand(
                port(),
                forLocalhost
                        .writeCertificate(directory.resolve("localhost.pem"))
                        .toString());

        assertThat(client.get(uri(), lying("LOCALHOST.", 1))).isEqualTo("hello");
    }

    @Test
    void theHostOfARequestInATunnelIsItsTarget() throws Exception {
        demand(443);
        try (Tunnel tunnel = new Tunnel(port())) {
            Proxy proxy = new Proxy(Proxy.Type.HTTP, tunnel.address());
            assertThatThrownBy(() -> SocketClient.byUrlConnection(
                            URI.create("https://users.example/"), lying("elsewhere.example", 1), proxy))
                    .hasStackTraceContaining(UNTRUSTED);
            assertThat(tunnel.asked()).singleElement().asString().startsWith("CONNECT users.example:443 ");
            assertThat(requests).hasValue(0);
        } finally {
            Governed.demandNoTls(443);
        }
    }

    /** For a host and a port of its own choice, 0 for the one that is asked for. Another each time: URL connections are kept alive for those of the same factory. */
    private static SSLSocketFactory lying(String host, int port) throws Exception {
        SSLSocketFactory honest = Gullible.context().getSocketFactory();
        return new LayeringFactory(
                honest,
                (connected, asked, askedPort) ->
                        honest.createSocket(connected, host, port == 0 ? askedPort : port, true));
    }

    private static void demand(int port, String... roots) {
        Governed.demandTls(port, new TlsRequirement(Level.VERIFY_FULL, "TLSv1.2", List.of(roots), Set.of()));
    }

    private int port() {
        return server.getAddress().getPort();
    }

    private URI uri() {
        return URI.create("https://localhost:" + port() + "/");
    }
}
