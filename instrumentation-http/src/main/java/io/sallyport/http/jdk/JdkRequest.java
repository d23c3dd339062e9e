package io.sallyport.http.jdk;

import io.sallyport.http.OutgoingRequest;
import java.net.URI;
import java.net.http.HttpRequest;

/** Translates a request. */
final class JdkRequest {

    private JdkRequest() {}

    static OutgoingRequest of(HttpRequest request) {
        return of(request.uri(), request.method(), request);
    }

    /** What {@code original} becomes when the client follows a redirect. */
    static OutgoingRequest of(URI uri, String method, HttpRequest original) {
        return OutgoingRequest.of(
                method,
                uri,
                each -> original.headers()
                        .map()
                        .forEach((name, values) -> values.forEach(value -> each.accept(name, value))));
    }
}
