package io.sallyport.http.vertx;

import io.sallyport.http.OutgoingRequest;
import io.sallyport.http.RequestUri;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpConnectOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.impl.HttpClientRequestBase;
import io.vertx.core.net.Address;
import io.vertx.core.net.ProxyOptions;
import io.vertx.core.net.ProxyType;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Translates requests, as far as they are known. */
final class VertxRequest {

    /** The server of a request that names none, which is one over a Unix domain socket. */
    private static final String LOCAL = "localhost";

    private VertxRequest() {}

    /**
     * What options say, before there is a request; completed from the client's own as it does.
     *
     * @param plain and
     * @param secured schemes, by whether TLS is asked for
     */
    static OutgoingRequest of(Defaults client, RequestOptions options, String plain, String secured) {
        OutgoingRequest direct =
                at(client, options, plain, secured, options.getMethod(), options.getURI(), options.getHeaders());
        ProxyOptions proxy = options.getProxyOptions() == null ? client.proxy() : options.getProxyOptions();
        if (proxy == null) {
            return direct;
        }
        return proxy.getType() == ProxyType.HTTP
                ? direct.through(proxy.getHost(), proxy.getPort())
                : direct.carriedBy(proxy.getHost(), proxy.getPort());
    }

    /** Anything that is asked for over a connection, before there is a request. */
    static OutgoingRequest of(Defaults client, HttpConnectOptions options) {
        return at(client, options, "http", "https", HttpMethod.GET, "/", null);
    }

    private static OutgoingRequest at(
            Defaults client,
            HttpConnectOptions options,
            String plain,
            String secured,
            HttpMethod method,
            String target,
            @Nullable MultiMap fields) {
        boolean ssl = options.isSsl() == null ? client.ssl() : options.isSsl();
        SocketAddress server = server(options);
        String host = options.getHost() != null ? options.getHost() : server != null ? server.host() : client.host();
        int port = options.getPort() != null ? options.getPort() : server != null ? server.port() : client.port();
        String named = RequestUri.host(host == null ? LOCAL : host);
        return of(ssl ? secured : plain, named + ":" + port, method, target, fields);
    }

    /** Where the connection leads to if that is not what the URL names; {@code null} otherwise. */
    static @Nullable SocketAddress elsewhere(RequestOptions options) {
        SocketAddress server = server(options);
        boolean named = server == null
                || server.host() == null
                || (options.getHost() == null || options.getHost().equals(server.host()))
                        && (options.getPort() == null || options.getPort() == server.port());
        return named ? null : server;
    }

    private static @Nullable SocketAddress server(HttpConnectOptions options) {
        Address server = options.getServer();
        return server instanceof SocketAddress socket ? socket : null;
    }

    /** A request whose head is about to be written. */
    static OutgoingRequest of(HttpClientRequestBase request) {
        String target = request.getURI();
        String whole = request.absoluteURI();
        String base = whole.substring(0, whole.length() - target.length());
        int scheme = base.indexOf("://");
        String authority = base.substring(scheme + 3);
        return of(
                base.substring(0, scheme),
                namesNone(authority, request) ? LOCAL : authority,
                request.getMethod(),
                target,
                request.headers());
    }

    /** Vert.x makes {@code http://null} of it. */
    private static boolean namesNone(String authority, HttpClientRequestBase request) {
        return (authority.equals("null") || authority.startsWith("null:"))
                && request.connection().remoteAddress().isDomainSocket();
    }

    private static OutgoingRequest of(
            String scheme, String authority, HttpMethod method, String target, @Nullable MultiMap fields) {
        String usual = scheme.equals("https") || scheme.equals("wss") ? ":443" : ":80";
        String place =
                authority.endsWith(usual) ? authority.substring(0, authority.length() - usual.length()) : authority;
        String sent = target.isEmpty() ? "/" : target;
        return OutgoingRequest.of(method.name(), RequestUri.of(scheme, place, sent), each -> {
            if (fields != null) {
                fields.forEach(each);
            }
        });
    }

    static IOException unreadable() {
        return new IOException(
                "Refused by Sallyport: the URI of a request cannot be read, so that no rule can be applied to it");
    }
}
