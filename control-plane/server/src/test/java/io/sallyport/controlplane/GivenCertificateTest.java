package io.sallyport.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.controlplane.configuration.AddressRanges;
import io.sallyport.controlplane.configuration.Configuration;
import io.sallyport.controlplane.tls.CertificateAuthority;
import io.sallyport.controlplane.tls.CertificateFiles;
import io.sallyport.controlplane.tls.Pem;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The HTTPS port with a certificate that the operator brings, from an authority of their own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GivenCertificateTest {

    private Path directory;
    private CertificateAuthority corporate;
    private CertificateFiles files;
    private Path data;
    private ControlPlane controlPlane;

    @BeforeAll
    void start(@TempDir Path temporary) throws Exception {
        directory = temporary;
        corporate = CertificateAuthority.loadOrCreate(Files.createDirectories(directory.resolve("corporate")));
        files = new CertificateFiles(directory.resolve("chain.pem"), directory.resolve("key.pem"));
        issue("RSA");
        data = Store.EMBEDDED.newDirectory();
        controlPlane = ControlPlane.start(settings(data, files));
    }

    @AfterAll
    void stop() {
        controlPlane.close();
    }

    private static Settings settings(Path data, CertificateFiles files) {
        return new Settings(data, "127.0.0.1", 0, List.of(), files, null, null, AddressRanges.NONE, Configuration.NONE);
    }

    private X509Certificate issue(String algorithm) throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance(algorithm).generateKeyPair();
        X509Certificate own =
                corporate.issueServer(pair.getPublic(), "cp", List.of("localhost", "127.0.0.1"), Duration.ofDays(30));
        Files.writeString(files.key(), Pem.key(pair.getPrivate()));
        Files.writeString(files.chain(), Pem.certificate(own) + Pem.certificate(corporate.certificate()));
        return own;
    }

    private String url() {
        return "https://localhost:" + controlPlane.port();
    }

    private Path corporateAuthority() {
        return directory.resolve("corporate/ca.pem");
    }

    private X509Certificate served() throws Exception {
        HttpResponse<String> answer = HttpClient.newBuilder()
                .sslContext(Api.trusting(corporateAuthority()))
                .build()
                .send(
                        HttpRequest.newBuilder(URI.create(url() + "/healthz")).build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        return (X509Certificate) answer.sslSession().orElseThrow().getPeerCertificates()[0];
    }

    @Test
    void whoTrustsItsAuthorityIsServedAndWhoTrustsOnlyTheControlPlanesOwnIsNot() throws Exception {
        new Api(
                        url(),
                        corporateAuthority(),
                        Files.readString(data.resolve("admin-token")).strip())
                .get("/api/v1/me")
                .expect(200);
        assertThatThrownBy(() -> new Api(url(), data.resolve("ca.pem"), null).get("/healthz"))
                .hasRootCauseInstanceOf(java.security.cert.CertPathBuilderException.class);
    }

    @Test
    void joinTokensCarryItsAuthorityAndWorkloadsStillGetCertificatesOfTheControlPlanesOwn() throws Exception {
        Api admin = new Api(
                url(),
                corporateAuthority(),
                Files.readString(data.resolve("admin-token")).strip());
        String token = admin.post("/api/v1/join-tokens", Map.of("workload", "orders", "uses", 1, "ttlMinutes", 5))
                .expect(201)
                .path("token")
                .asText();
        assertThat(token).contains(corporate.pin());
        TestKey key = new TestKey();
        String certificate = new Api(url(), corporateAuthority(), null)
                .post(
                        "/agent/v1/enroll",
                        new io.sallyport.protocol.EnrollRequest(token, "orders", "i-1", Map.of(), key.publicKey()))
                .expect(200)
                .path("certificate")
                .asText();
        assertThat(certificate).isNotEmpty();
    }

    @Test
    void aRenewedOneIsServedWithoutARestartAndOneThatCannotBeUsedIsNot() throws Exception {
        X509Certificate renewed = issue("EC");
        Awaitility.await().until(() -> served().equals(renewed));
        Files.writeString(files.key(), "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
        assertThat(served()).isEqualTo(renewed);
        X509Certificate another = issue("RSA");
        Awaitility.await().until(() -> served().equals(another));
    }

    @Test
    void joinTokensCarryTheAuthorityThatIsServedNow() throws Exception {
        CertificateAuthority before = corporate;
        Path next = Files.createDirectories(directory.resolve("next"));
        corporate = CertificateAuthority.loadOrCreate(next);
        try {
            issue("EC");
            Api admin = new Api(
                    url(),
                    next.resolve("ca.pem"),
                    Files.readString(data.resolve("admin-token")).strip());
            Awaitility.await()
                    .ignoreExceptions()
                    .untilAsserted(() -> assertThat(admin.post(
                                            "/api/v1/join-tokens",
                                            Map.of("workload", "orders", "uses", 1, "ttlMinutes", 5))
                                    .expect(201)
                                    .path("token")
                                    .asText())
                            .contains(corporate.pin()));
        } finally {
            corporate = before;
            X509Certificate again = issue("RSA");
            Awaitility.await().ignoreExceptions().until(() -> served().equals(again));
        }
    }

    @Test
    void whatCannotBeServedKeepsItFromStarting() throws Exception {
        Path key = Files.writeString(
                directory.resolve("other-key.pem"),
                Pem.key(KeyPairGenerator.getInstance("RSA").generateKeyPair().getPrivate()));
        X509Certificate own = corporate.issueServer(
                KeyPairGenerator.getInstance("RSA").generateKeyPair().getPublic(),
                "cp",
                List.of("localhost"),
                Duration.ofDays(1));
        Path chain = Files.writeString(directory.resolve("other.pem"), Pem.certificate(own));
        assertThatThrownBy(() ->
                        ControlPlane.start(settings(directory.resolve("never"), new CertificateFiles(chain, key))))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("is not the key of");
        assertThatThrownBy(() -> ControlPlane.start(
                        settings(directory.resolve("never"), new CertificateFiles(directory.resolve("none"), key))))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("--certificate");
        assertThatThrownBy(() -> CertificateFiles.of(chain, null))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("go together");
    }
}
