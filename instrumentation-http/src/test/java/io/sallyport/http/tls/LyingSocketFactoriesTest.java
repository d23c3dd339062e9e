package io.sallyport.http.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.example.gullible.Gullible;
import io.example.gullible.LayeringFactory;
import io.sallyport.core.policy.TlsRequirement;
import io.sallyport.core.policy.TlsRequirement.Level;
import io.sallyport.http.contract.Governed;
import io.sallyport.testing.IssuedCertificate;
import io.sallyport.testing.TestAuthority;
import java.net.Proxy;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
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

    private final IssuedCertificate forOther = TestAuthority.selfSigned("other.example");
    private HelloServer server;

    @BeforeEach
    void begin() throws Exception {
        Governed.start();
        server = new HelloServer(forOther);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** The name that the factory tells is the certificate's, and the certificate is trusted: it is for another host than the request. */
    @ParameterizedTest
    @EnumSource
    void aRequestIsForTheHostOfItsUrlWhateverNameTheFactoryTells(SocketClient client) throws Exception {
        assertThat(client.get(server.uri(), lying("other.example", 0))).isEqualTo("hello");
        server.demand(
                Level.VERIFY_FULL,
                forOther.writeCertificate(directory.resolve("other.pem")).toString());

        assertThatThrownBy(() -> client.get(server.uri(), lying("other.example", 0)))
                .hasStackTraceContaining(WRONG_HOST);
        assertThat(server.requests()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void aRequestIsForThePortOfItsUrlWhateverPortTheFactoryTells(SocketClient client) throws Exception {
        assertThat(client.get(server.uri(), lying("elsewhere.example", 1))).isEqualTo("hello");
        server.demand(Level.VERIFY_FULL);

        assertThatThrownBy(() -> client.get(server.uri(), lying("elsewhere.example", 1)))
                .hasStackTraceContaining(UNTRUSTED);
        assertThat(server.requests()).isEqualTo(1);
    }

    /** A handshake for no name, over a socket that leads to no address, is one that nobody can judge: the request is. */
    @Test
    void aRequestIsForTheHostOfItsUrlWhereTheFactoryTellsNone() throws Exception {
        for (String name : Arrays.asList(null, "")) {
            assertThat(SocketClient.URL_CONNECTION.get(server.uri(), nameless(name)))
                    .isEqualTo("hello");
        }
        int before = server.requests();
        server.demand(Level.VERIFY_FULL);
        for (String name : Arrays.asList(null, "")) {
            assertThatThrownBy(() -> SocketClient.URL_CONNECTION.get(server.uri(), nameless(name)))
                    .hasStackTraceContaining(UNTRUSTED);
        }
        assertThat(server.requests()).isEqualTo(before);
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
        server.close();
        IssuedCertificate forLocalhost = TestAuthority.selfSigned("localhost");
        server = new HelloServer(forLocalhost);
        server.demand(
                Level.VERIFY_FULL,
                forLocalhost
                        .writeCertificate(directory.resolve("localhost.pem"))
                        .toString());

        assertThat(client.get(server.uri(), lying("LOCALHOST.", 1))).isEqualTo("hello");
    }

    @Test
    void theHostOfARequestInATunnelIsItsTarget() throws Exception {
        Governed.demandTls(443, new TlsRequirement(Level.VERIFY_FULL, "TLSv1.2", List.of(), Set.of()));
        try (Tunnel tunnel = new Tunnel(server.port())) {
            Proxy proxy = new Proxy(Proxy.Type.HTTP, tunnel.address());
            assertThatThrownBy(() -> SocketClient.byUrlConnection(
                            URI.create("https://users.example/"), lying("elsewhere.example", 1), proxy))
                    .hasStackTraceContaining(UNTRUSTED);
            assertThat(tunnel.asked()).singleElement().asString().startsWith("CONNECT users.example:443 ");
            assertThat(server.requests()).isZero();
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
}
