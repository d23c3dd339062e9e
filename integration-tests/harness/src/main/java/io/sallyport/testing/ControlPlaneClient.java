package io.sallyport.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A person's view of the control plane: its REST API with a bearer token, trusting its CA only. */
public final class ControlPlaneClient {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String url;
    private final String token;
    private final HttpClient http;

    public ControlPlaneClient(String url, Path ca, String token) throws IOException {
        this.url = url;
        this.token = token;
        this.http = HttpClient.newBuilder()
                .sslContext(trusting(ca))
                .connectTimeout(Duration.ofSeconds(5))
                .build();
    }

    /** The same server seen with another token. */
    public ControlPlaneClient as(String otherToken) {
        return new ControlPlaneClient(url, otherToken, http);
    }

    private ControlPlaneClient(String url, String token, HttpClient http) {
        this.url = url;
        this.token = token;
        this.http = http;
    }

    public JsonNode get(String path) throws IOException, InterruptedException {
        return expect2xx(request(path).GET().build());
    }

    public JsonNode post(String path, ObjectNode body) throws IOException, InterruptedException {
        return expect2xx(
                request(path).POST(BodyPublishers.ofString(body.toString())).build());
    }

    public JsonNode put(String path, ObjectNode body) throws IOException, InterruptedException {
        return expect2xx(
                request(path).PUT(BodyPublishers.ofString(body.toString())).build());
    }

    /** Only the status of a POST, for requests that should fail. */
    public int postStatus(String path, ObjectNode body) throws IOException, InterruptedException {
        return http.send(
                        request(path)
                                .POST(BodyPublishers.ofString(body.toString()))
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    public static ObjectNode object() {
        return JSON.createObjectNode();
    }

    /** A fresh join token. */
    public String joinToken(String workload, int uses) throws IOException, InterruptedException {
        ObjectNode body =
                object().put("workload", workload).put("ttlMinutes", 60).put("uses", uses);
        return post("/api/v1/join-tokens", body).get("token").asText();
    }

    /** A fresh join token for a relay that is reached under {@code host}. */
    public String relayToken(String name, String host) throws IOException, InterruptedException {
        ObjectNode body = object().put("workload", name).put("ttlMinutes", 60).put("uses", 1);
        body.putObject("labels").put("relay", host);
        return post("/api/v1/join-tokens", body).get("token").asText();
    }

    /** An API token for an approver in a group. */
    public String approverToken(String name, String group) throws IOException, InterruptedException {
        ObjectNode body = object().put("name", name).put("ttlMinutes", 60);
        body.putArray("roles").add("approver");
        body.putArray("groups").add(group);
        return post("/api/v1/tokens", body).get("token").asText();
    }

    /** An approver in these groups, who signed in and made their own token: no other person vouches for it. */
    public ControlPlaneClient approver(String name, String... groups) throws IOException, InterruptedException {
        String password = user(name, "approver", groups);
        HttpResponse<String> login = http.send(
                HttpRequest.newBuilder(URI.create(url + "/api/v1/login"))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(object().put("user", name)
                                .put("password", password)
                                .toString()))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        String cookie = login.headers().firstValue("Set-Cookie").orElseThrow();
        return as(expect2xx(HttpRequest.newBuilder(URI.create(url + "/api/v1/me/tokens"))
                        .header("Content-Type", "application/json")
                        .header("Cookie", cookie.substring(0, cookie.indexOf(';')))
                        .header(
                                "X-Sallyport-CSRF",
                                JSON.readTree(login.body()).get("csrf").asText())
                        .POST(BodyPublishers.ofString("{}"))
                        .build())
                .get("token")
                .asText());
    }

    /** Adds a local user; the result is the password that was generated. */
    public String user(String name, String role, String... groups) throws IOException, InterruptedException {
        ObjectNode body = object().put("name", name);
        body.putArray("roles").add(role);
        List.of(groups).forEach(body.putArray("groups")::add);
        return post("/api/v1/users", body).get("password").asText();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url + path))
                .timeout(Duration.ofSeconds(20))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json");
    }

    private JsonNode expect2xx(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() / 100 != 2) {
            throw new IOException(request.method() + " " + request.uri().getPath() + " → " + response.statusCode() + " "
                    + response.body());
        }
        return response.body().isBlank() ? JSON.createObjectNode() : JSON.readTree(response.body());
    }

    private static SSLContext trusting(Path ca) throws IOException {
        try (InputStream in = Files.newInputStream(ca)) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            store.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("cannot trust " + ca, e);
        }
    }
}
