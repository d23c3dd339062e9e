package io.sallyport.controlplane;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.protocol.Wire;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** A real Keycloak, in a process of its own, with the realm of {@code keycloak-realm.json}; and the browser of a person who signs in there. */
final class Keycloak implements AutoCloseable {

    private static final Pattern FORM = Pattern.compile("<form[^>]*\\saction=\"([^\"]+)\"", Pattern.CASE_INSENSITIVE);
    private static final Pattern FIELD =
            Pattern.compile("<input[^>]*\\sname=\"([^\"]+)\"[^>]*\\svalue=\"([^\"]*)\"", Pattern.CASE_INSENSITIVE);

    private final Process process;
    private final String realm;

    /** @param home where a distribution was unpacked */
    Keycloak(Path home) throws IOException, InterruptedException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        realm = "http://localhost:" + port + "/realms/sallyport";
        Path imported = Files.createDirectories(home.resolve("data/import"));
        try (InputStream json =
                Objects.requireNonNull(getClass().getResourceAsStream("keycloak-realm.json"), "keycloak-realm.json")) {
            Files.copy(json, imported.resolve("sallyport-realm.json"), StandardCopyOption.REPLACE_EXISTING);
        }
        ProcessBuilder start = new ProcessBuilder(
                home.resolve("bin/kc.sh").toString(),
                "start-dev",
                "--db=dev-mem",
                "--http-port=" + port,
                "--http-host=127.0.0.1",
                "--import-realm");
        start.environment().put("JAVA_OPTS_KC_HEAP", "-Xms64m -Xmx512m");
        start.redirectErrorStream(true)
                .redirectOutput(home.resolve("keycloak.log").toFile());
        process = start.start();
        HttpClient asking = HttpClient.newHttpClient();
        try {
            Awaitility.await()
                    .atMost(Duration.ofMinutes(10))
                    .pollInterval(Duration.ofSeconds(1))
                    .ignoreExceptions()
                    .until(() -> !process.isAlive() || get(asking, realm).statusCode() == 200);
        } catch (ConditionTimeoutException e) {
            close();
            throw e;
        }
        if (!process.isAlive()) {
            throw new IllegalStateException("Keycloak did not start, see " + home.resolve("keycloak.log"));
        }
    }

    String issuer() {
        return realm;
    }

    /** The SAML metadata, in a file. */
    Path metadata() throws Exception {
        Path file = Files.createTempFile("keycloak", ".xml");
        return Files.writeString(
                file,
                get(HttpClient.newHttpClient(), realm + "/protocol/saml/descriptor")
                        .body());
    }

    /** By client credentials. */
    String accessToken(String client, String secret) throws Exception {
        HttpResponse<String> answer = post(
                HttpClient.newHttpClient(),
                realm + "/protocol/openid-connect/token",
                Map.of("grant_type", "client_credentials", "client_id", client, "client_secret", secret));
        JsonNode token = Wire.json().readTree(answer.body());
        return token.path("access_token").asText();
    }

    /** A browser that was sent here types name and password. What it is told to do next: follow a redirect, or send a form. */
    Next logIn(URI there, String user, String password) throws Exception {
        HttpClient browser = HttpClient.newHttpClient();
        HttpResponse<String> page = get(browser, there.toString());
        // They are for HTTPS and localhost, which java.net's CookieManager does not know of.
        String cookies = page.headers().allValues("Set-Cookie").stream()
                .map(cookie -> cookie.substring(0, cookie.indexOf(';')))
                .collect(Collectors.joining("; "));
        HttpResponse<String> answer =
                post(browser, action(page.body()), Map.of("username", user, "password", password), "Cookie", cookies);
        if (answer.statusCode() == 302) {
            return new Next(URI.create(answer.headers().firstValue("Location").orElseThrow()), Map.of());
        }
        Map<String, String> fields = new LinkedHashMap<>();
        Matcher each = FIELD.matcher(answer.body());
        while (each.find()) {
            fields.put(each.group(1), text(each.group(2)));
        }
        return new Next(URI.create(action(answer.body())), fields);
    }

    /** @param form empty for a redirect */
    record Next(URI address, Map<String, String> form) {}

    private static String action(String html) {
        Matcher form = FORM.matcher(html);
        if (!form.find()) {
            throw new AssertionError("no form in " + html);
        }
        return text(form.group(1));
    }

    private static String text(String html) {
        return html.replace("&#x2b;", "+")
                .replace("&#43;", "+")
                .replace("&#61;", "=")
                .replace("&quot;", "\"")
                .replace("&amp;", "&");
    }

    private static HttpResponse<String> get(HttpClient client, String address) throws Exception {
        return client.send(HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> post(
            HttpClient client, String address, Map<String, String> form, String... more) throws Exception {
        String[] headers = more.length == 0 ? new String[] {"Accept", "*/*"} : more;
        return client.send(
                HttpRequest.newBuilder(URI.create(address))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .headers(headers)
                        .POST(HttpRequest.BodyPublishers.ofString(encoded(form)))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    static String encoded(Map<String, String> form) {
        StringBuilder text = new StringBuilder();
        form.forEach((name, value) -> text.append(text.isEmpty() ? "" : "&")
                .append(URLEncoder.encode(name, StandardCharsets.UTF_8))
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return text.toString();
    }

    @Override
    public void close() throws InterruptedException {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    }
}
