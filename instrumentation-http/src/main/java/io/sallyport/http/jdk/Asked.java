package io.sallyport.http.jdk;

import io.sallyport.http.OutgoingRequest;
import io.sallyport.http.SaidCookies;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/**
 * What a call's client says of all its requests. Whom the client asks is asked once: what they said is decided, and is what is sent.
 *
 * @param cookies {@code null} for a client without a handler
 * @param proxy see {@link JdkProxy#of}
 */
record Asked(
        HttpClient client,
        @Nullable SaidCookies cookies,
        @Nullable Proxy proxy) {

    static Asked by(Object client, ProxySelector selector, HttpRequest request) {
        HttpClient asked = (HttpClient) client;
        return new Asked(asked, AskedCookies.of(asked), JdkProxy.of(selector, request));
    }

    /** With the cookies that the client adds on the way, and to its proxy. */
    OutgoingRequest asSent(HttpRequest request, OutgoingRequest direct) throws IOException {
        InetSocketAddress by = JdkProxy.address(proxy);
        OutgoingRequest whole = direct.withCookies(cookies, request.headers().map());
        return by == null ? whole : whole.through(by.getHostString(), by.getPort());
    }
}
