package io.sallyport.controlplane.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.controlplane.tls.TrustFile;
import io.sallyport.protocol.Wire;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that say which control plane to speak to and as whom, and the requests themselves. */
final class Remote {

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "Control plane; else $SALLYPORT_URL, else https://localhost:8443.")
    private @Nullable String url;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "File with the API token; else $SALLYPORT_API_TOKEN_FILE, else $SALLYPORT_API_TOKEN.")
    private @Nullable Path tokenFile;

    @Option(
            names = "--ca-file",
            paramLabel = "FILE",
            description = "The control plane's ca.pem; else $SALLYPORT_CA_FILE.")
    private @Nullable Path caFile;

    @Option(names = "--json", description = "Print the API's JSON.")
    private boolean json;

    boolean json() {
        return json;
    }

    /** @throws CommandFailure with the control plane's own words when it refuses */
    JsonNode call(String method, String path, @Nullable Object body) {
        return exchange(request(path), method, body).body();
    }

    /** @param status 2xx */
    record Answer(int status, JsonNode body, HttpHeaders headers) {}

    /** A POST that needs no token. */
    Answer anonymous(String path, Object body) {
        return exchange(HttpRequest.newBuilder(URI.create(base() + path)), "POST", body);
    }

    /** A POST of a local user who signs in for it and out again: for what no token may do. */
    JsonNode signedIn(String user, String password, String path, Object body) {
        Answer login = anonymous("/api/v1/login", Map.of("user", user, "password", password));
        String cookie = login.headers().firstValue("Set-Cookie").orElse("");
        String csrf = login.body().path("csrf").asText();
        try {
            return exchange(asSession(path, cookie, csrf), "POST", body).body();
        } finally {
            exchange(asSession("/api/v1/logout", cookie, csrf), "POST", Map.of());
        }
    }

    private HttpRequest.Builder asSession(String path, String cookie, String csrf) {
        return HttpRequest.newBuilder(URI.create(base() + path))
                .header("Cookie", cookie.substring(0, Math.max(0, cookie.indexOf(';'))))
                .header("X-Sallyport-CSRF", csrf);
    }

    private Answer exchange(HttpRequest.Builder builder, String method, @Nullable Object body) {
        HttpRequest request = builder.timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(Wire.write(body)))
                .build();
        HttpResponse<String> response = send(request, HttpResponse.BodyHandlers.ofString());
        JsonNode answer = parse(response.body());
        if (response.statusCode() / 100 != 2) {
            throw new CommandFailure(refusal(response.statusCode(), answer));
        }
        return new Answer(response.statusCode(), answer, response.headers());
    }

    JsonNode get(String path) {
        return call("GET", path, null);
    }

    /** Lines of a live stream; ends when the control plane does. */
    Stream<String> lines(String path) {
        HttpResponse<Stream<String>> response = send(request(path).build(), HttpResponse.BodyHandlers.ofLines());
        if (response.statusCode() != 200) {
            throw new CommandFailure("the control plane answered " + response.statusCode() + " to the live stream");
        }
        return response.body();
    }

    private static String refusal(int status, JsonNode answer) {
        StringBuilder text = new StringBuilder(answer.path("error").asText("the control plane answered " + status));
        for (JsonNode detail : answer.path("details")) {
            text.append("\n  line ").append(detail.path("line").asText()).append(": ");
            String path = detail.path("path").asText("");
            text.append(path.isEmpty() ? "" : path + ": ")
                    .append(detail.path("reason").asText());
        }
        return text.toString();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base() + path)).header("Authorization", "Bearer " + token());
    }

    private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        try {
            HttpClient client = HttpClient.newBuilder()
                    .connectTimeout(Duration.ofSeconds(10))
                    .version(HttpClient.Version.HTTP_1_1)
                    .sslContext(trust())
                    .build();
            return client.send(request, handler);
        } catch (ConnectException e) {
            throw new CommandFailure("there is no control plane at " + base() + "; check --url");
        } catch (SSLHandshakeException e) {
            throw new CommandFailure("the certificate of " + base()
                    + " is not trusted; give the control plane's ca.pem with --ca-file or SALLYPORT_CA_FILE");
        } catch (IOException e) {
            throw new CommandFailure("the control plane at " + base() + " cannot be reached: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("interrupted");
        }
    }

    String base() {
        String given = url != null ? url : System.getenv("SALLYPORT_URL");
        String base = given == null || given.isBlank() ? "https://localhost:8443" : given.strip();
        if (!base.matches("https://[A-Za-z0-9.:\\[\\]-]+/?")) {
            throw new CommandFailure("the control plane's address must look like https://host:8443");
        }
        return base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
    }

    /** Refuses what cannot be a token here, since the HTTP client would repeat it in its error. */
    private String token() {
        String token = tokenText();
        if (!token.matches("[A-Za-z0-9._~+/=-]{1,300}")) {
            throw new CommandFailure("what was given as API token is none; it is one line that begins with spt.");
        }
        return token;
    }

    private String tokenText() {
        String fromFile = System.getenv("SALLYPORT_API_TOKEN_FILE");
        Path file = tokenFile != null ? tokenFile : fromFile == null || fromFile.isBlank() ? null : Path.of(fromFile);
        if (file != null) {
            try {
                return Files.readString(file).strip();
            } catch (IOException e) {
                throw new CommandFailure("the token file " + file + " cannot be read");
            }
        }
        String token = System.getenv("SALLYPORT_API_TOKEN");
        if (token == null || token.isBlank()) {
            throw new CommandFailure(
                    "no API token; give --token-file, SALLYPORT_API_TOKEN_FILE or SALLYPORT_API_TOKEN");
        }
        return token.strip();
    }

    private SSLContext trust() {
        String fromEnvironment = System.getenv("SALLYPORT_CA_FILE");
        Path file = caFile != null
                ? caFile
                : fromEnvironment == null || fromEnvironment.isBlank() ? null : Path.of(fromEnvironment);
        try {
            return file == null ? SSLContext.getDefault() : TrustFile.context(file);
        } catch (IOException | GeneralSecurityException e) {
            throw new CommandFailure("the CA file " + file + " cannot be read as a certificate");
        }
    }

    private static JsonNode parse(String text) {
        try {
            return Wire.json().readTree(text.isBlank() ? "{}" : text);
        } catch (IOException e) {
            throw new CommandFailure("what answered is not a Sallyport control plane; check --url");
        }
    }
}
