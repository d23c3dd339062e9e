package io.sallyport.http.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.example.gullible.Gullible;
import io.example.gullible.LayeringFactory;
import io.example.gullible.WrappingSocket;
import io.sallyport.core.policy.TlsRequirement.Level;
import io.sallyport.http.contract.Governed;
import io.sallyport.testing.IssuedCertificate;
import io.sallyport.testing.TestAuthority;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.file.Path;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Clients over sockets of an application's class, which wrap one of the JDK's TLS, or say so. */
@Timeout(60)
class WrappedSocketsTest {

    @TempDir
    Path directory;

    private final IssuedCertificate forLocalhost = TestAuthority.selfSigned("localhost");
    private HelloServer asked;
    private HelloServer elsewhere;
    private SSLSocketFactory jdks;

    @BeforeEach
    void start() throws Exception {
        Governed.start();
        Governed.RECORDED.clear();
        asked = new HelloServer(forLocalhost);
        elsewhere = new HelloServer(TestAuthority.selfSigned("localhost"));
        jdks = Gullible.context().getSocketFactory();
        String root =
                forLocalhost.writeCertificate(directory.resolve("root.pem")).toString();
        asked.demand(Level.VERIFY_FULL, root);
    }

    @AfterEach
    void stop() {
        asked.close();
        elsewhere.close();
    }

    @ParameterizedTest
    @EnumSource
    void aWrapperThatTellsTheTruthReachesItsServer(SocketClient client) throws Exception {
        SSLSocketFactory truthful = new LayeringFactory(
                jdks, (connected, host, port) -> new WrappingSocket(layered(connected, host, port)));

        assertThat(client.get(asked.uri(), truthful)).isEqualTo("hello");
    }

    @ParameterizedTest
    @EnumSource
    void aWrapperWithinAWrapperReachesItsServer(SocketClient client) throws Exception {
        SSLSocketFactory truthful = new LayeringFactory(
                jdks,
                (connected, host, port) -> new WrappingSocket(new WrappingSocket(layered(connected, host, port))));

        assertThat(client.get(asked.uri(), truthful)).isEqualTo("hello");
    }

    /** Nothing is demanded of the place that it writes to; the request is for one of which something is. */
    @ParameterizedTest
    @EnumSource
    void aWrapperThatTellsOfAnotherSocketsSessionIsRefusedBeforeItWrites(SocketClient client) {
        SSLSocketFactory lying = new LayeringFactory(jdks, (connected, host, port) -> {
            SSLSocket real = (SSLSocket) jdks.createSocket("localhost", elsewhere.port());
            return new WrappingSocket(layered(connected, host, port), real.getInputStream(), real.getOutputStream());
        });

        assertThatThrownBy(() -> client.get(asked.uri(), lying)).isInstanceOf(IOException.class);
        assertThat(elsewhere.requests()).isZero();
        assertThat(asked.requests()).isZero();
        assertRecorded("does not lead to a trusted root");
    }

    /** What it is given it has: it can do what it likes with that. But there is no answer, and nothing more is written to it. */
    @ParameterizedTest
    @EnumSource
    void aWrapperThatWritesToNoTlsIsRefusedWhenItIsFlushed(SocketClient client) {
        OutputStream plain = new ByteArrayOutputStream();
        SSLSocketFactory lying = new LayeringFactory(jdks, (connected, host, port) -> {
            SSLSocket told = layered(connected, host, port);
            return new WrappingSocket(told, told.getInputStream(), plain);
        });

        assertThatThrownBy(() -> client.get(asked.uri(), lying)).isInstanceOf(IOException.class);
        assertThat(asked.requests()).isZero();
        assertRecorded("WrappingSocket and not the JDK's");
    }

    /** URL connections keep to themselves why a request could not be written. */
    private static void assertRecorded(String refusal) {
        assertThat(Governed.RECORDED)
                .anySatisfy(event -> assertThat(event.toString()).contains(refusal));
    }

    private SSLSocket layered(Socket connected, String host, int port) throws IOException {
        return (SSLSocket) jdks.createSocket(connected, host, port, true);
    }
}
