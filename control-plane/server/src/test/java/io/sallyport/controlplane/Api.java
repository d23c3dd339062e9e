package io.sallyport.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Speaks to a control plane over real HTTPS, trusting only its own CA. */
final class Api {

    private final String base;
    private final String token;
    private final HttpClient client;
    private final List<String> headers = new ArrayList<>();

    Api(String base, Path ca, String token) {
        this.base = base;
        this.token = token;
        this.client = HttpClient.newBuilder()
                .sslContext(trusting(ca))
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(10))
                .build();
    }

    /** An answer. */
    record Answer(int status, String text, HttpResponse<String> raw) {

        JsonNode json() {
            try {
                return Wire.json().readTree(text.isEmpty() ? "{}" : text);
            } catch (Exception e) {
                throw new AssertionError("not JSON: " + text, e);
            }
        }

        /** What a browser sends back of it: {@code name=value}. */
        String cookie(String name) {
            return raw.headers().allValues("Set-Cookie").stream()
                    .filter(header -> header.startsWith(name + "="))
                    .map(header -> header.substring(0, header.indexOf(';')))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no cookie " + name + " with status " + status));
        }

        void expectStatus(Integer... wanted) {
            assertThat(status).as(text).isIn((Object[]) wanted);
        }

        JsonNode expect(int wanted) {
            assertThat(status).as(text).isEqualTo(wanted);
            return json();
        }
    }

    /** The same caller with further headers on each request. */
    Api with(String... namesAndValues) {
        headers.addAll(List.of(namesAndValues));
        return this;
    }

    HttpClient client() {
        return client;
    }

    HttpRequest.Builder request(String path) {
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(URI.create(base + path)).timeout(Duration.ofSeconds(30));
        if (token != null) {
            builder.header("Authorization", "Bearer " + token);
        }
        if (!headers.isEmpty()) {
            builder.headers(headers.toArray(String[]::new));
        }
        return builder;
    }

    Answer get(String path) {
        return send("GET", path, null);
    }

    Answer post(String path, Object body) {
        return send("POST", path, body);
    }

    Answer send(String method, String path, Object body) {
        String text = body == null ? "" : body instanceof String raw ? raw : Wire.write(body);
        try {
            HttpRequest.Builder request = request(path);
            if (body != null) {
                request.header("Content-Type", "application/json");
            }
            HttpResponse<String> response = client.send(
                    request.method(
                                    method,
                                    body == null
                                            ? HttpRequest.BodyPublishers.noBody()
                                            : HttpRequest.BodyPublishers.ofString(text))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body(), response);
        } catch (Exception e) {
            throw new AssertionError(method + " " + path + " failed", e);
        }
    }

    static SSLContext trusting(Path ca) {
        try (InputStream stream = Files.newInputStream(ca)) {
            KeyStore roots = KeyStore.getInstance("PKCS12");
            roots.load(null, null);
            roots.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(stream));
            TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(roots);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return context;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
