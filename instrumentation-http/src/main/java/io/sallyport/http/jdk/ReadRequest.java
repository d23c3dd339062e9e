package io.sallyport.http.jdk;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request of an application's own class, read once: it may answer otherwise the next time, and the client reads it after the decision. */
final class ReadRequest extends HttpRequest {

    private final @Nullable BodyPublisher body;
    private final String method;
    private final @Nullable Duration timeout;
    private final boolean expectContinue;
    private final URI uri;
    private final HttpClient.@Nullable Version version;
    private final HttpHeaders headers;

    private ReadRequest(HttpRequest request) {
        body = request.bodyPublisher().orElse(null);
        String asked = request.method();
        // As the client reads none.
        method = asked == null ? "GET" : asked;
        timeout = request.timeout().orElse(null);
        expectContinue = request.expectContinue();
        uri = request.uri();
        version = request.version().orElse(null);
        headers = request.headers();
    }

    /** The same, where it is one of the JDK's, which do not change. */
    static HttpRequest of(HttpRequest request) {
        return request.getClass().getModule() == HttpClient.class.getModule() || request instanceof ReadRequest
                ? request
                : new ReadRequest(request);
    }

    @Override
    public Optional<BodyPublisher> bodyPublisher() {
        return Optional.ofNullable(body);
    }

    @Override
    public String method() {
        return method;
    }

    @Override
    public Optional<Duration> timeout() {
        return Optional.ofNullable(timeout);
    }

    @Override
    public boolean expectContinue() {
        return expectContinue;
    }

    @Override
    public URI uri() {
        return uri;
    }

    @Override
    public Optional<HttpClient.Version> version() {
        return Optional.ofNullable(version);
    }

    @Override
    public HttpHeaders headers() {
        return headers;
    }
}
