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
import java.nio.file.StandardCopyOption;
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

    private static final String STORE = "store.mv.db";
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
    void restart() throws IOException {
        restart(() -> {});
    }

    /** Ends the server, copies its store and starts it again; the path is the copy's. */
    Path backUp() throws IOException {
        Path copy = data.resolve("backup");
        restart(() -> Files.copy(data.resolve(STORE), copy));
        return copy;
    }

    /** Ends the server and starts it again on what its store was when it was copied. */
    void restore(Path copy) throws IOException {
        restart(() -> Files.copy(copy, data.resolve(STORE), StandardCopyOption.REPLACE_EXISTING));
    }

    private interface Meanwhile {
        void run() throws IOException;
    }

    private void restart(Meanwhile meanwhile) throws IOException {
        int port = controlPlane.port();
        controlPlane.close();
        meanwhile.run();
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

    /** The token of an approver in these groups, who signed in and made it. */
    String approver(String name, String... groups) throws Exception {
        String chosen = post(
                        "/api/v1/users", Map.of("name", name, "roles", List.of("approver"), "groups", List.of(groups)))
                .get("password")
                .asText();
        HttpResponse<String> login = client.send(
                json("/api/v1/login", "POST", Map.of("user", name, "password", chosen))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        String cookie = login.headers().firstValue("Set-Cookie").orElseThrow();
        HttpResponse<String> made = client.send(
                json("/api/v1/me/tokens", "POST", Map.of())
                        .header("Cookie", cookie.substring(0, cookie.indexOf(';')))
                        .header(
                                "X-Sallyport-CSRF",
                                Wire.json().readTree(login.body()).get("csrf").asText())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        return Wire.json().readTree(made.body()).get("token").asText();
    }

    /** Sends a request as the owner of an API token. */
    JsonNode postAs(String person, String path, Object body) throws Exception {
        return sendAs(person, "POST", path, body);
    }

    /** What the owner of an API token is answered. */
    HttpResponse<String> getAs(String person, String path) throws Exception {
        return send(person, get(path));
    }

    /** Puts a policy in force after the newest version that there is. */
    void publish(String yaml, long base) throws Exception {
        sendAs(token, "PUT", "/api/v1/policy", Map.of("yaml", yaml, "comment", "by a test", "base", base));
    }

    private JsonNode sendAs(String person, String method, String path, Object body) throws Exception {
        HttpResponse<String> answer = send(person, json(path, method, body));
        if (answer.statusCode() / 100 != 2) {
            throw new IllegalStateException(path + " answered " + answer.statusCode() + ": " + answer.body());
        }
        return Wire.json().readTree(answer.body());
    }

    private HttpRequest.Builder get(String path) {
        return HttpRequest.newBuilder(address().resolve(path)).timeout(PATIENCE);
    }

    private HttpRequest.Builder json(String path, String method, Object body) {
        return get(path)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(Wire.write(body)));
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
