package io.sallyport.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.controlplane.cli.Main;
import io.sallyport.controlplane.tls.CertificateAuthority;
import io.sallyport.controlplane.tls.Pem;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What {@code serve} makes of its options, in a process as an operator starts it. */
class ServeCommandTest {

    @TempDir
    Path directory;

    private Path authority;
    private Path chain;
    private Path key;
    private Path otherKey;
    private Certificate own;

    @BeforeEach
    void issue() throws Exception {
        Path corporate = Files.createDirectories(directory.resolve("corporate"));
        CertificateAuthority issuing = CertificateAuthority.loadOrCreate(corporate);
        authority = corporate.resolve("ca.pem");
        KeyPair pair = KeyPairGenerator.getInstance("EC").generateKeyPair();
        X509Certificate issued = issuing.issueServer(pair.getPublic(), "cp", List.of("localhost"), Duration.ofDays(30));
        own = issued;
        chain = Files.writeString(
                directory.resolve("chain.pem"), Pem.certificate(issued) + Pem.certificate(issuing.certificate()));
        key = Files.writeString(directory.resolve("key.pem"), Pem.key(pair.getPrivate()));
        otherKey = Files.writeString(
                directory.resolve("other-key.pem"),
                Pem.key(KeyPairGenerator.getInstance("EC").generateKeyPair().getPrivate()));
    }

    private Spawned serve(Path data, String log, String... options) throws Exception {
        // Logging as it is in the jar, not as it is for tests.
        return Spawned.start(
                data,
                Spawned.serve(data, List.of("-Dlogback.configurationFile=logback.xml"), options)
                        .redirectError(directory.resolve(log).toFile()));
    }

    private static Certificate served(String url, Path trusted) throws Exception {
        HttpResponse<String> answer = HttpClient.newBuilder()
                .sslContext(Api.trusting(trusted))
                .build()
                .send(
                        HttpRequest.newBuilder(URI.create(url + "/healthz")).build(),
                        HttpResponse.BodyHandlers.ofString());
        return answer.sslSession().orElseThrow().getPeerCertificates()[0];
    }

    /** The address that a login of a tool is shown to come from. */
    private static String seenAs(Spawned process, Path trusted, String forwardedFor) {
        Running server = process.server();
        String code = new Api(server.url(), trusted, null)
                .with("X-Forwarded-For", forwardedFor)
                .post("/api/v1/device-logins", Map.of())
                .expect(201)
                .path("code")
                .asText();
        JsonNode login = new Api(server.url(), trusted, server.secret("admin-token"))
                .get("/api/v1/device-logins/" + code)
                .expect(200);
        return login.path("askedFrom").asText();
    }

    @Test
    void theGivenCertificateIsServedTrustedProxiesAreBelievedAndTheLogTellsWhatTheStartDoes() throws Exception {
        Path data = directory.resolve("data");
        try (Spawned first = serve(
                data,
                "first.log",
                "--certificate",
                chain.toString(),
                "--key",
                key.toString(),
                "--trusted-proxies",
                "127.0.0.1,10.0.0.0/8")) {
            assertThat(served(first.server().url(), authority)).isEqualTo(own);
            assertThat(seenAs(first, authority, "198.51.100.7, 203.0.113.1, 10.1.2.3"))
                    .isEqualTo("203.0.113.1");
            assertThat(directory.resolve("first.log"))
                    .content()
                    .contains(" starts, its data is in " + data, "opening the store", "not there yet", "step 1: base");
            first.kill();
        }
        // The same without the options: its own certificate, nobody believed, nothing to bring up to date.
        try (Spawned again = serve(data, "again.log", "--trusted-proxies", "10.0.0.0/8")) {
            Path its = data.resolve("ca.pem");
            assertThat(served(again.server().url(), its)).isNotEqualTo(own);
            assertThat(seenAs(again, its, "203.0.113.1")).isEqualTo("127.0.0.1");
            assertThat(directory.resolve("again.log"))
                    .content()
                    .contains("opening the store")
                    .doesNotContain("step");
        }
    }

    /** What it says and its exit code where it does not start. */
    private String refused(String... options) {
        List<String> arguments = new ArrayList<>(List.of(
                "serve", "--data", directory.resolve("never").toString(), "--host", "127.0.0.1", "--port", "0"));
        arguments.addAll(List.of(options));
        StringWriter err = new StringWriter();
        CommandLine command = Main.commandLine();
        command.setErr(new PrintWriter(err, true));
        assertThat(command.execute(arguments.toArray(String[]::new)))
                .as("%s", err)
                .isEqualTo(2);
        assertThat(err.toString().strip()).doesNotContain("\n");
        return err.toString();
    }

    @Test
    void aKeyThatIsNotTheCertificatesKeepsItFromStartingAndTheMessageNamesBothFiles() {
        assertThat(refused("--certificate", chain.toString(), "--key", otherKey.toString()))
                .contains(otherKey + " is not the key of", chain.toString(), "check --certificate and --key");
    }

    @Test
    void oneOfTheTwoAloneKeepsItFromStarting() {
        assertThat(refused("--certificate", chain.toString())).contains("--certificate and --key go together");
        assertThat(refused("--key", key.toString())).contains("--certificate and --key go together");
    }

    @Test
    void aFileThatIsMissingOrHoldsSomethingElseIsNamed() throws Exception {
        Path none = directory.resolve("none.pem");
        assertThat(refused("--certificate", none.toString(), "--key", key.toString()))
                .contains(none.toString(), "check --certificate");
        Path text = Files.writeString(directory.resolve("text.pem"), "no PEM");
        assertThat(refused("--certificate", text.toString(), "--key", key.toString()))
                .contains("certificate " + text, "check --certificate and --key");
        assertThat(refused("--certificate", chain.toString(), "--key", text.toString()))
                .contains(text.toString(), "check --certificate and --key");
    }

    @Test
    void aRangeOfProxiesThatIsNoneKeepsItFromStarting() {
        assertThat(refused("--trusted-proxies", "10.0.0.0/8,balancer.internal"))
                .contains("balancer.internal", "no range of addresses");
    }
}
