package io.sallyport.benchmarks.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.core.record.Event;
import io.sallyport.protocol.EnrollRequest;
import io.sallyport.protocol.Paths;
import io.sallyport.protocol.Wire;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongFunction;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A control plane, as an administrator and as workloads that enrol there. Thread-safe. */
final class Plane {

    private final String url;
    private final String token;
    private final HttpClient client;

    Plane(String url, Path ca, Path tokenFile) throws IOException, GeneralSecurityException {
        this.url = url;
        this.token = Files.readString(tokenFile).strip();
        this.client = HttpClient.newBuilder()
                .sslContext(trusting(ca))
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(30))
                .build();
    }

    JsonNode get(String path) throws Exception {
        return answer(request(path, token).GET().build());
    }

    JsonNode post(String path, Object body) throws Exception {
        return answer(request(path, token)
                .POST(HttpRequest.BodyPublishers.ofString(Wire.write(body)))
                .build());
    }

    /** A credential of its own, not bound to a certificate: what is measured is the channel, not key generation. */
    String enrol(String joinToken, String workload, int number) throws Exception {
        EnrollRequest request = new EnrollRequest(joinToken, workload, "load-" + number, Map.of(), null);
        return answer(request(Paths.ENROLL, null)
                        .POST(HttpRequest.BodyPublishers.ofString(Wire.write(request)))
                        .build())
                .path("credential")
                .asText();
    }

    /** @param says the event of each sequence number */
    CompletableFuture<LoadAgent> connect(int number, String credential, LongFunction<Event> says) {
        LoadAgent agent = new LoadAgent(number, says);
        return client.newWebSocketBuilder()
                .header("Authorization", "Bearer " + credential)
                .connectTimeout(Duration.ofSeconds(30))
                .buildAsync(URI.create(url.replaceFirst("https", "wss") + Paths.CHANNEL), agent)
                .thenCompose(socket -> agent.open(socket).thenApply(welcomed -> agent));
    }

    private HttpRequest.Builder request(String path, @org.jspecify.annotations.Nullable String bearer) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url + path)).timeout(Duration.ofSeconds(60));
        return bearer == null ? request : request.header("Authorization", "Bearer " + bearer);
    }

    private JsonNode answer(HttpRequest request) throws Exception {
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() / 100 != 2) {
            throw new IOException(request.method() + " " + request.uri().getPath() + " was answered "
                    + response.statusCode() + ": " + response.body());
        }
        return Wire.json().readTree(response.body());
    }

    private static SSLContext trusting(Path ca) throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(ca)) {
            KeyStore roots = KeyStore.getInstance("PKCS12");
            roots.load(null, null);
            roots.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(roots);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        }
    }
}
