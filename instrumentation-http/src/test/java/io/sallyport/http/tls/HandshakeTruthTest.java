package io.sallyport.http.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.example.gullible.Gullible;
import io.example.gullible.GullibleClients;
import io.sallyport.core.policy.TlsRequirement;
import io.sallyport.core.policy.TlsRequirement.Level;
import io.sallyport.core.record.Event;
import io.sallyport.http.contract.Governed;
import io.sallyport.testing.IssuedCertificate;
import io.sallyport.testing.TestAuthority;
import java.io.IOException;
import java.io.InputStream;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.KeyStore;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import okhttp3.OkHttpClient;
import okhttp3.internal.tls.OkHostnameVerifier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients whose own code accepts any certificate, against what the policy accepts. */
class HandshakeTruthTest {

    private static final String UNTRUSTED = "does not lead to a trusted root";
    private static final String WRONG_HOST = "is not for the host that was asked for";

    @TempDir
    static Path directory;

    private static IssuedCertificate forLocalhost;
    private static IssuedCertificate forOther;

    private HelloServer server;
    private SSLContext gullible;

    @BeforeAll
    static void certificates() throws Exception {
        Governed.start();
        forLocalhost = TestAuthority.selfSigned("localhost");
        forOther = TestAuthority.selfSigned("other.example");
    }

    @BeforeEach
    void client() throws Exception {
        gullible = Gullible.context();
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void withoutADemandTheApplicationsOwnJudgementStands() throws Exception {
        serve(forLocalhost);

        assertThat(byJdkClient()).isEqualTo("hello");
        assertThat(byUrlConnection()).isEqualTo("hello");
    }

    @Test
    void whatAHandshakeCameToIsRecordedWithTheAnswersOfItsServer() throws Exception {
        serve(forLocalhost);
        for (Call call : List.<Call>of(this::byJdkClient, this::byUrlConnection)) {
            Governed.RECORDED.clear();
            call.get();
            assertThat(Governed.RECORDED)
                    .filteredOn(event -> event.type() == Event.Type.RESULT)
                    .singleElement()
                    .satisfies(result -> assertThat(result.tls()).startsWith("TLSv1.3 TLS_"));
        }
    }

    @Test
    void theJdkClientDoesNotReachAServerThatNobodyVouchesFor() throws Exception {
        serve(forLocalhost);
        demand(Level.VERIFY_CA);

        assertRefused(this::byJdkClient, UNTRUSTED);
    }

    @Test
    void urlConnectionDoesNotReachAServerThatNobodyVouchesFor() throws Exception {
        serve(forLocalhost);
        demand(Level.VERIFY_CA);

        assertRefused(this::byUrlConnection, UNTRUSTED);
    }

    @Test
    void aSocketWithoutAnyClientDoesNotReachItEither() throws Exception {
        serve(forLocalhost);
        demand(Level.VERIFY_CA);

        assertRefused(this::bySocket, UNTRUSTED);
    }

    @Test
    void aRootOfThePolicyVouchesForIt() throws Exception {
        serve(forLocalhost);
        demand(
                Level.VERIFY_FULL,
                forLocalhost
                        .writeCertificate(directory.resolve("localhost.pem"))
                        .toString());

        assertThat(byJdkClient()).isEqualTo("hello");
        assertThat(byUrlConnection()).isEqualTo("hello");
        assertThat(bySocket()).startsWith("HTTP/1.1 200");
    }

    @Test
    void aRootThatReplacesAnotherInItsFileCountsFromTheNextHandshake() throws Exception {
        serve(forLocalhost);
        Path roots = forOther.writeCertificate(directory.resolve("roots.pem"));
        demand(Level.VERIFY_FULL, roots.toString());
        assertRefused(this::bySocket, UNTRUSTED);

        forLocalhost.writeCertificate(roots);
        Files.setLastModifiedTime(roots, FileTime.from(Instant.now().plusSeconds(5)));

        assertThat(bySocket()).startsWith("HTTP/1.1 200");
    }

    @Test
    void aCertificateForAnotherHostIsRefusedWhateverTheVerifierSays() throws Exception {
        serve(forOther);
        demand(
                Level.VERIFY_FULL,
                forOther.writeCertificate(directory.resolve("other.pem")).toString());

        assertRefused(this::byUrlConnection, WRONG_HOST);
        assertRefused(this::byJdkClient, WRONG_HOST);
    }

    @Test
    void aVersionBelowTheDemandedOneIsRefused() throws Exception {
        serve(forLocalhost);
        Governed.demandTls(port(), new TlsRequirement(Level.REQUIRE, "TLSv1.3", List.of(), Set.of()));

        assertThatThrownBy(() -> {
                    try (SSLSocket socket = socket()) {
                        socket.setEnabledProtocols(new String[] {"TLSv1.2"});
                        socket.startHandshake();
                    }
                })
                .isInstanceOf(IOException.class)
                .hasStackTraceContaining("at least TLSv1.3");
    }

    @Test
    void aSessionThatIsResumedIsJudgedByThePolicyOfToday() throws Exception {
        serve(forLocalhost);
        assertThat(bySocket()).startsWith("HTTP/1.1 200");
        demand(Level.VERIFY_CA);

        assertRefused(this::bySocket, UNTRUSTED);
    }

    /** The server shows what it was asked for, and that is for another host than the one that was connected to. */
    @Test
    void aCertificateForANameThatTheApplicationAsksForInsteadIsRefused() throws Exception {
        serve(forOther);
        demand(
                Level.VERIFY_FULL,
                forOther.writeCertificate(directory.resolve("asked.pem")).toString());

        assertRefused(
                () -> {
                    try (SSLSocket socket = socket()) {
                        SSLParameters asking = socket.getSSLParameters();
                        asking.setServerNames(List.of(new SNIHostName("other.example")));
                        socket.setSSLParameters(asking);
                        socket.startHandshake();
                        return hello(socket);
                    }
                },
                WRONG_HOST);
    }

    /** As another agent in this process would do before the application's first call. */
    @Test
    void contextsThatAnotherAgentMadeTheDefaultVouchForNobody() throws Exception {
        serve(forLocalhost);
        demand(Level.VERIFY_CA);
        SSLContext context = SSLContext.getDefault();
        SSLSocketFactory sockets = HttpsURLConnection.getDefaultSSLSocketFactory();
        HostnameVerifier verifier = HttpsURLConnection.getDefaultHostnameVerifier();
        SSLContext.setDefault(gullible);
        HttpsURLConnection.setDefaultSSLSocketFactory(gullible.getSocketFactory());
        HttpsURLConnection.setDefaultHostnameVerifier((host, session) -> true);
        try {
            HttpClient client = HttpClient.newHttpClient();
            assertRefused(
                    () -> client.send(HttpRequest.newBuilder(uri()).build(), BodyHandlers.ofString())
                            .body(),
                    UNTRUSTED);
            assertRefused(
                    () -> new String(uri().toURL().openStream().readAllBytes(), StandardCharsets.UTF_8), UNTRUSTED);
        } finally {
            SSLContext.setDefault(context);
            HttpsURLConnection.setDefaultSSLSocketFactory(sockets);
            HttpsURLConnection.setDefaultHostnameVerifier(verifier);
        }
    }

    @Test
    void aRefusalSaysWhoseTrustManagerWouldHaveTakenTheServer() throws Exception {
        serve(forLocalhost);
        demand(Level.VERIFY_CA);

        for (Call call : List.<Call>of(this::byJdkClient, this::byUrlConnection, this::bySocket)) {
            assertRefused(
                    call,
                    "The application would have taken it: trust manager io.example.gullible.Gullible, installed at"
                            + " io.example.gullible.Gullible.context:");
        }
    }

    @Test
    void aRefusalSaysWhoseVerifierWouldHaveTakenTheName() throws Exception {
        serve(forOther);
        String roots =
                forOther.writeCertificate(directory.resolve("verified.pem")).toString();
        demand(Level.VERIFY_FULL, roots);
        gullible = trusting(forOther);

        assertRefused(this::byUrlConnection, "host name verifier " + HandshakeTruthTest.class.getName());
    }

    @Test
    void aRefusalOfAClientsOfOthersSaysWhereItsVerifierWasInstalled() throws Exception {
        serve(forOther);
        String roots = forOther.writeCertificate(directory.resolve("named.pem")).toString();
        demand(Level.VERIFY_FULL, roots);
        gullible = trusting(forOther);

        for (Call call : List.<Call>of(
                () -> GullibleClients.okHttp(uri(), gullible),
                () -> GullibleClients.apache4(uri(), gullible),
                () -> GullibleClients.apache5(uri(), gullible),
                () -> GullibleClients.jetty(uri(), gullible))) {
            int before = server.requests();
            assertThatThrownBy(call::get)
                    .hasStackTraceContaining(WRONG_HOST)
                    .hasStackTraceContaining("host name verifier io.example.gullible.GullibleClients")
                    .hasStackTraceContaining("installed at io.example.gullible.GullibleClients.");
            assertThat(server.requests()).isEqualTo(before);
        }
    }

    @Test
    void aVerifierIsNamedForTheConnectionsThatHaveItOnly() throws Exception {
        serve(forOther);
        String roots =
                forOther.writeCertificate(directory.resolve("scoped.pem")).toString();
        demand(Level.VERIFY_FULL, roots);
        gullible = trusting(forOther);
        HttpsURLConnection one = urlConnection();
        one.setHostnameVerifier((host, session) -> true);
        HttpsURLConnection other = urlConnection();
        other.setHostnameVerifier(GullibleClients.ANY);
        new OkHttpClient.Builder().hostnameVerifier(GullibleClients.ANY);

        assertThat(refusal(one::getInputStream))
                .contains("host name verifier " + HandshakeTruthTest.class.getName())
                .doesNotContain("Gullible");
        assertThat(refusal(other::getInputStream)).contains("host name verifier " + GullibleClients.class.getName());
        assertThat(refusal(this::bySocket)).contains(WRONG_HOST).doesNotContain("host name verifier");
    }

    @Test
    void aVerifierThatAClientBringsAlongIsNotBlamed() throws Exception {
        serve(forOther);
        String roots =
                forOther.writeCertificate(directory.resolve("strict.pem")).toString();
        demand(Level.VERIFY_FULL, roots);
        gullible = trusting(forOther);
        new OkHttpClient.Builder().hostnameVerifier(OkHostnameVerifier.INSTANCE);

        assertThat(refusal(() -> GullibleClients.okHttp(uri(), gullible)))
                .contains("host name verifier " + GullibleClients.class.getName())
                .doesNotContain("OkHostnameVerifier");
    }

    @Test
    void theDefaultVerifierIsNamedForConnectionsWithoutOneOfTheirOwn() throws Exception {
        serve(forOther);
        String roots =
                forOther.writeCertificate(directory.resolve("default.pem")).toString();
        demand(Level.VERIFY_FULL, roots);
        gullible = trusting(forOther);
        HostnameVerifier before = HttpsURLConnection.getDefaultHostnameVerifier();
        HttpsURLConnection.setDefaultHostnameVerifier(GullibleClients.ANY);
        try {
            assertThat(refusal(() -> urlConnection().getInputStream()))
                    .contains("host name verifier " + GullibleClients.class.getName());
            assertRefused(this::byUrlConnection, "host name verifier " + HandshakeTruthTest.class.getName());
            assertThat(refusal(this::bySocket)).contains(WRONG_HOST).doesNotContain("host name verifier");
        } finally {
            HttpsURLConnection.setDefaultHostnameVerifier(before);
        }
    }

    /** As a proxy does that looks into what it carries: a tunnel (RFC 9110, section 9.3.6) that ends at himself. */
    @Test
    void aProxyThatShowsItsOwnCertificateInATunnelIsRefused() throws Exception {
        serve(forOther);
        TlsRequirement verified = new TlsRequirement(Level.VERIFY_CA, "TLSv1.2", List.of(), Set.of());
        Governed.demandTls(443, verified);
        try (Tunnel tunnel = new Tunnel(port())) {
            URI asked = URI.create("https://users.example/");
            HttpClient jdk = HttpClient.newBuilder()
                    .sslContext(gullible)
                    .proxy(ProxySelector.of(tunnel.address()))
                    .build();
            assertRefused(
                    () -> jdk.send(HttpRequest.newBuilder(asked).build(), BodyHandlers.ofString())
                            .body(),
                    UNTRUSTED);
            HttpsURLConnection connection =
                    (HttpsURLConnection) asked.toURL().openConnection(new Proxy(Proxy.Type.HTTP, tunnel.address()));
            connection.setSSLSocketFactory(gullible.getSocketFactory());
            connection.setHostnameVerifier((host, session) -> true);
            assertRefused(() -> String.valueOf(connection.getResponseCode()), UNTRUSTED);
            assertThat(tunnel.asked()).hasSize(2).allMatch(line -> line.startsWith("CONNECT users.example:443 "));
        } finally {
            Governed.demandNoTls(443);
        }
    }

    private interface Call {
        String get() throws Exception;
    }

    private void assertRefused(Call call, String why) {
        int before = server.requests();
        assertThatThrownBy(call::get).isInstanceOf(IOException.class).hasStackTraceContaining(why);
        assertThat(server.requests()).isEqualTo(before);
    }

    private static String refusal(ThrowingCallable call) {
        return Throwables.getStackTrace(catchThrowable(call));
    }

    private String byJdkClient() throws Exception {
        HttpClient client = HttpClient.newBuilder().sslContext(gullible).build();
        return client.send(HttpRequest.newBuilder(uri()).build(), BodyHandlers.ofString())
                .body();
    }

    private String byUrlConnection() throws Exception {
        HttpsURLConnection connection = urlConnection();
        connection.setHostnameVerifier((host, session) -> true);
        try (InputStream in = connection.getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private HttpsURLConnection urlConnection() throws Exception {
        HttpsURLConnection connection = (HttpsURLConnection) uri().toURL().openConnection();
        connection.setSSLSocketFactory(gullible.getSocketFactory());
        return connection;
    }

    private String bySocket() throws Exception {
        try (SSLSocket socket = socket()) {
            return hello(socket);
        }
    }

    private static String hello(SSLSocket socket) throws IOException {
        socket.getOutputStream()
                .write("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                        .getBytes(StandardCharsets.US_ASCII));
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    /** With the JDK's own trust manager. */
    private static SSLContext trusting(IssuedCertificate server) throws Exception {
        KeyStore roots = KeyStore.getInstance("PKCS12");
        roots.load(null, null);
        roots.setCertificateEntry("server", server.certificate());
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(roots);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }

    private SSLSocket socket() throws IOException {
        return (SSLSocket) gullible.getSocketFactory().createSocket("localhost", port());
    }

    private void demand(Level level, String... roots) {
        server.demand(level, roots);
    }

    private void serve(IssuedCertificate certificate) throws Exception {
        server = new HelloServer(certificate);
    }

    private int port() {
        return server.port();
    }

    private URI uri() {
        return server.uri();
    }
}
