package io.sallyport.controlplane.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.controlplane.ControlPlane;
import io.sallyport.controlplane.Settings;
import io.sallyport.protocol.Wire;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** The real server on a free port, with a client that trusts its CA and speaks as its first administrator. */
final class RunningControlPlane implements AutoCloseable {

    private final ControlPlane controlPlane;
    private final HttpClient client;
    private final String password;
    private final String token;

    private RunningControlPlane(ControlPlane controlPlane, HttpClient client, String password, String token) {
        this.controlPlane = controlPlane;
        this.client = client;
        this.password = password;
        this.token = token;
    }

    static RunningControlPlane start(Path data) throws Exception {
        return start(data, null);
    }

    /** @param policy the first policy; {@code null} for the built-in one */
    static RunningControlPlane start(Path data, @Nullable Path policy) throws Exception {
        ControlPlane controlPlane = ControlPlane.start(new Settings(data, "127.0.0.1", 0, List.of(), policy, null));
        HttpClient client = HttpClient.newBuilder()
                .sslContext(trusting(data.resolve("ca.pem")))
                .connectTimeout(Duration.ofSeconds(10))
                .build();
        return new RunningControlPlane(
                controlPlane,
                client,
                Files.readString(data.resolve("admin-password")).strip(),
                Files.readString(data.resolve("admin-token")).strip());
    }

    URI address() {
        return URI.create("https://localhost:" + controlPlane.port());
    }

    HttpClient client() {
        return client;
    }

    String adminPassword() {
        return password;
    }

    /** A join token for one enrolment of a workload of that name. */
    String joinToken(String workload) throws Exception {
        return post("/api/v1/join-tokens", Map.of("workload", workload, "ttlMinutes", 10, "uses", 1))
                .get("token")
                .asText();
    }

    /** Sends a request as the administrator. */
    JsonNode post(String path, Object body) throws Exception {
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(address().resolve(path))
                        .timeout(Duration.ofSeconds(20))
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(Wire.write(body)))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IllegalStateException(path + " answered " + answer.statusCode() + ": " + answer.body());
        }
        return Wire.json().readTree(answer.body());
    }

    @Override
    public void close() {
        controlPlane.close();
    }

    private static SSLContext trusting(Path ca) throws Exception {
        KeyStore roots = KeyStore.getInstance(KeyStore.getDefaultType());
        roots.load(null, null);
        try (InputStream pem = Files.newInputStream(ca)) {
            roots.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(pem));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(roots);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
