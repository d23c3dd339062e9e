package io.sallyport.http.reactornetty;

import io.sallyport.http.OutgoingRequest;
import io.sallyport.http.RequestUri;
import io.sallyport.http.netty.NettyFields;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.client.HttpClientConfig;

/** The request that a handler is about to make, which keeps its URI in types of its package. */
final class HandlerRequest {

    private static final String URI_IS = "{uri=";
    private static final String METHOD_IS = ", method=";

    private HandlerRequest() {}

    /**
     * @param text {@code {uri=https://host/path?query, method=GET}}, or with the file of a Unix domain socket in place of the URI
     * @param redirect where the last answer led to; {@code null} for the first request
     * @return {@code null} when it cannot be read
     */
    static @Nullable OutgoingRequest of(String text, HttpClientConfig client, @Nullable String redirect) {
        int method = text.lastIndexOf(METHOD_IS);
        if (!text.startsWith(URI_IS) || method < 0 || !text.endsWith("}")) {
            return null;
        }
        String uri = text.substring(URI_IS.length(), method);
        if (!uri.contains("://")) {
            uri = local(client) + (redirect == null ? first(client) : redirect);
        }
        int scheme = uri.indexOf("://");
        int path = uri.indexOf('/', scheme + 3);
        String authority = path < 0 ? uri.substring(scheme + 3) : uri.substring(scheme + 3, path);
        return OutgoingRequest.of(
                text.substring(method + METHOD_IS.length(), text.length() - 1),
                RequestUri.of(uri.substring(0, scheme), authority, path < 0 ? "/" : uri.substring(path)),
                NettyFields.of(client.headers()));
    }

    /** As the field Host has it for a Unix domain socket, over which only paths are asked for. */
    private static String local(HttpClientConfig client) {
        String scheme = client.websocketClientSpec() == null ? "http" : "ws";
        return client.isSecure() ? scheme + "s://localhost" : scheme + "://localhost";
    }

    private static String first(HttpClientConfig client) {
        String uri = client.uri() == null ? "/" : client.uri();
        String base = client.baseUrl() == null ? "" : client.baseUrl();
        return (base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + uri;
    }

    static IOException unreadable() {
        return new IOException(
                "Refused by Sallyport: the URI of a request cannot be read, so that no rule can be applied to it");
    }
}
