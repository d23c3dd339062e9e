package io.sallyport.controlplane.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.controlplane.ControlPlane;
import io.sallyport.controlplane.ControlPlaneAt;
import io.sallyport.controlplane.Settings;
import io.sallyport.protocol.Wire;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** The real server on a free port, with a client that trusts its CA and speaks as its first administrator. */
final class RunningControlPlane implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Path data;
    private final Clock clock;
    private ControlPlane controlPlane;
    private final HttpClient client;
    private final String password;
    private final String token;

    private RunningControlPlane(Path data, Clock clock, ControlPlane controlPlane, HttpClient client)
            throws IOException {
        this.data = data;
        this.clock = clock;
        this.controlPlane = controlPlane;
        this.client = client;
        this.password = Files.readString(data.resolve("admin-password")).strip();
        this.token = Files.readString(data.resolve("admin-token")).strip();
    }

    static RunningControlPlane start(Path data) throws Exception {
        return start(data, null, Clock.systemUTC());
    }

    /** @param policy the first policy; {@code null} for the built-in one */
    static RunningControlPlane start(Path data, @Nullable Path policy, Clock clock) throws Exception {
        ControlPlane controlPlane =
                ControlPlaneAt.start(new Settings(data, "127.0.0.1", 0, List.of(), policy, null), clock);
        HttpClient client = HttpClient.newBuilder()
                .sslContext(trusting(data.resolve("ca.pem")))
                .connectTimeout(Duration.ofSeconds(10))
                .build();
        return new RunningControlPlane(data, clock, controlPlane, client);
    }

    /** Ends the server and starts it again on the same data and port. */
    void restart() {
        int port = controlPlane.port();
        controlPlane.close();
        controlPlane = ControlPlaneAt.start(new Settings(data, "127.0.0.1", port, List.of(), null, null), clock);
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

    /** Waits until a ticket that a workload asked for can be decided. */
    void awaitTicket(String id) {
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> send(token, get("/api/v1/approvals/" + id)).statusCode() == 200);
    }

    /** Sends a request as the administrator. */
    JsonNode post(String path, Object body) throws Exception {
        return postAs(token, path, body);
    }

    /** Sends a request as the owner of an API token. */
    JsonNode postAs(String person, String path, Object body) throws Exception {
        HttpResponse<String> answer = send(
                person,
                get(path)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(Wire.write(body))));
        if (answer.statusCode() / 100 != 2) {
            throw new IllegalStateException(path + " answered " + answer.statusCode() + ": " + answer.body());
        }
        return Wire.json().readTree(answer.body());
    }

    private HttpRequest.Builder get(String path) {
        return HttpRequest.newBuilder(address().resolve(path)).timeout(PATIENCE);
    }

    private HttpResponse<String> send(String person, HttpRequest.Builder request) throws Exception {
        return client.send(
                request.header("Authorization", "Bearer " + person).build(), HttpResponse.BodyHandlers.ofString());
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
