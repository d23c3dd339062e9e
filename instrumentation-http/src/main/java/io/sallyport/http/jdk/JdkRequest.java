package io.sallyport.http.jdk;

import io.sallyport.http.OutgoingRequest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;

/** Translates a request. */
final class JdkRequest {

    private JdkRequest() {}

    private static final StackWalker WALKER = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

    /** Deeper than the frames of {@code sendAsync} between its caller and this class. */
    private static final int NEAR = 12;

    static OutgoingRequest of(HttpRequest request) {
        OutgoingRequest outgoing = of(request.uri(), request.method(), request);
        return isHandshake(request) ? outgoing.asHandshake() : outgoing;
    }

    /** {@code OpeningHandshake} makes a request of HTTP/1.1 whose header fields say nothing yet of a WebSocket. */
    private static boolean isHandshake(HttpRequest request) {
        if (request.version().orElse(null) != HttpClient.Version.HTTP_1_1) {
            return false;
        }
        return WALKER.walk(frames -> frames.limit(NEAR)
                .map(StackWalker.StackFrame::getDeclaringClass)
                .anyMatch(caller -> caller.getModule() == HttpClient.class.getModule()
                        && caller.getPackageName().equals("jdk.internal.net.http.websocket")));
    }

    /** A request of the header fields of {@code original}. */
    static OutgoingRequest of(URI uri, String method, HttpRequest original) {
        return OutgoingRequest.of(
                method,
                uri,
                each -> original.headers()
                        .map()
                        .forEach((name, values) -> values.forEach(value -> each.accept(name, value))));
    }
}
