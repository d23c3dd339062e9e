package io.sallyport.controlplane.outward;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * HTTPS to somebody whom the operator named. Follows no redirects, waits ten seconds for a head and ten for the whole body, reads at most a mebibyte.
 * Plain HTTP is taken for this machine only. Thread-safe.
 */
public final class OutwardHttp {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int LARGEST = 1024 * 1024;
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    private final HttpClient client;
    private final @Nullable Path bearer;
    private final Duration limit;

    /** @param ca PEM file with the authorities to trust instead of the platform's; {@code null} for the platform's */
    public OutwardHttp(@Nullable Path ca) {
        this(ca, null);
    }

    /** @param bearer file with a token that goes with each {@link #get}; {@code null} for none */
    public OutwardHttp(@Nullable Path ca, @Nullable Path bearer) {
        this(ca, bearer, LIMIT);
    }

    OutwardHttp(@Nullable Path ca, @Nullable Path bearer, Duration limit) {
        this.bearer = bearer;
        this.limit = limit;
        HttpClient.Builder builder = HttpClient.newBuilder()
                .connectTimeout(limit)
                .followRedirects(HttpClient.Redirect.NEVER)
                .version(HttpClient.Version.HTTP_1_1);
        if (ca != null) {
            builder.sslContext(OutwardTrust.context(ca));
        }
        this.client = builder.build();
    }

    /** @param contentType of the answer; empty when it has none */
    public record Answer(int status, String contentType, String body) {}

    /** Whether requests to this address can be made: {@code https:}, or {@code http:} to this machine. */
    public static boolean takes(URI address) {
        String host = String.valueOf(address.getHost());
        return "https".equalsIgnoreCase(address.getScheme())
                || "http".equalsIgnoreCase(address.getScheme()) && THIS_MACHINE.contains(host);
    }

    /** Whether that host is the one that this runs on, where nothing has to be encrypted. */
    public static boolean isThisMachine(String host) {
        return THIS_MACHINE.contains(host);
    }

    public Answer get(URI address) throws IOException {
        Map<String, String> headers = new LinkedHashMap<>(Map.of("Accept", "application/json"));
        if (bearer != null) {
            // Read anew each time: such files rotate.
            headers.put("Authorization", "Bearer " + Files.readString(bearer).strip());
        }
        return send(address, "GET", headers, null);
    }

    /** @param body {@code null} for none */
    public Answer send(URI address, String method, Map<String, String> headers, @Nullable String body)
            throws IOException {
        if (!takes(address)) {
            throw new IOException("refused to speak to " + address.getScheme() + "://" + address.getHost()
                    + ": only https, or http to this machine");
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .timeout(limit)
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(request::header);
        try {
            HttpResponse<InputStream> response =
                    client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            return new Answer(
                    response.statusCode(),
                    response.headers().firstValue("Content-Type").orElse(""),
                    new String(whole(response.body(), address), StandardCharsets.UTF_8));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** The client's own limit ends with the head of an answer (JDK-8208693): a body that trickles would hold its reader for as long as it likes. */
    private byte[] whole(InputStream body, URI address) throws IOException {
        AtomicBoolean late = new AtomicBoolean();
        Executor atTheLimit = CompletableFuture.delayedExecutor(limit.toMillis(), TimeUnit.MILLISECONDS);
        try (body) {
            atTheLimit.execute(() -> {
                late.set(true);
                close(body);
            });
            byte[] content = body.readNBytes(LARGEST + 1);
            if (content.length > LARGEST) {
                throw new IOException("the answer of " + address.getHost() + " is too large");
            }
            return content;
        } catch (IOException e) {
            throw late.get()
                    ? new IOException(
                            "the answer of " + address.getHost() + " took longer than " + limit.toSeconds() + " s", e)
                    : e;
        }
    }

    private static void close(InputStream body) {
        try {
            body.close();
        } catch (IOException e) {
            // Its reader is told by its next read.
        }
    }
}
