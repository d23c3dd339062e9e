package io.sallyport.http.vertx;

import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.impl.HttpClientBase;
import io.vertx.core.net.ProxyOptions;
import org.jspecify.annotations.Nullable;

/** What a client takes where a request says nothing. */
record Defaults(
        boolean ssl, String host, int port, @Nullable ProxyOptions proxy) {

    /** Up to Vert.x 5.0, where every client has its options. */
    static Defaults of(Object client) {
        HttpClientOptions options = ((HttpClientBase) client).options();
        return new Defaults(
                options.isSsl(), options.getDefaultHost(), options.getDefaultPort(), options.getProxyOptions());
    }

    /** Of a client for WebSockets, since 5.1. */
    static Defaults of(WebSocketClientOptions options, @Nullable Object proxy) {
        return new Defaults(options.isSsl(), options.getDefaultHost(), options.getDefaultPort(), (ProxyOptions) proxy);
    }
}
