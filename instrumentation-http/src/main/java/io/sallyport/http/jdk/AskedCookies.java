package io.sallyport.http.jdk;

import io.sallyport.http.SaidCookies;
import java.net.CookieHandler;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which handler of cookies the client asks while it adds cookies to a request. */
final class AskedCookies {

    /** Of the call to whose request this thread adds cookies. */
    private static final ThreadLocal<@Nullable CookieHandler> ASKED = new ThreadLocal<>();

    private AskedCookies() {}

    /** @return {@code null} for a client without a handler */
    static @Nullable SaidCookies of(HttpClient client) {
        return client.cookieHandler().map(SaidCookies::new).orElse(null);
    }

    static void begin(HttpRequest request) {
        JdkCall call = JdkCall.of(request);
        SaidCookies cookies = call == null ? null : call.asked().cookies();
        if (cookies != null) {
            ASKED.set(cookies.asClient());
        }
    }

    static void end() {
        ASKED.remove();
    }

    /** @param own what the client has, and everybody else gets */
    @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
    static Optional<CookieHandler> instead(Optional<CookieHandler> own) {
        CookieHandler asked = ASKED.get();
        return asked == null ? own : Optional.of(asked);
    }
}
