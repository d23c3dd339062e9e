package io.sallyport.http.jdk;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which HTTP proxy a request goes by. Its client's selector is asked here, once, and the client takes what it said ({@code
 * HttpRequestImpl.retrieveProxy}): asked twice, it could name another.
 */
final class JdkProxy {

    /** Of the call whose request the client is about to make on this thread. */
    private static final ThreadLocal<@Nullable Proxy> CHOSEN = new ThreadLocal<>();

    /** The client's own object of a request, which a WebSocket gives it with the proxy set. Such a one is always tunnelled through. */
    private static final String WITH_ITS_PROXY = "jdk.internal.net.http.HttpRequestImpl";

    private JdkProxy() {}

    /** @return {@code NO_PROXY} for none, {@code null} where the request has its own */
    static @Nullable Proxy of(ProxySelector selector, HttpRequest request) {
        if (request.getClass().getName().equals(WITH_ITS_PROXY)) {
            return null;
        }
        URI uri = request.uri();
        List<Proxy> proxies = selector.select(uri);
        Proxy first = proxies.isEmpty() ? Proxy.NO_PROXY : proxies.get(0);
        // A copy: the class of a proxy is no final one.
        return first.type() == Proxy.Type.HTTP ? new Proxy(Proxy.Type.HTTP, first.address()) : Proxy.NO_PROXY;
    }

    /** Where it leads; {@code null} for nowhere. */
    static @Nullable InetSocketAddress address(@Nullable Proxy proxy) {
        return proxy != null && proxy.address() instanceof InetSocketAddress address ? address : null;
    }

    static void choose(@Nullable Proxy proxy) {
        if (proxy == null) {
            CHOSEN.remove();
        } else {
            CHOSEN.set(proxy);
        }
    }

    /** {@code null} where the client has to ask by itself. */
    static @Nullable Proxy take() {
        Proxy chosen = CHOSEN.get();
        CHOSEN.remove();
        return chosen;
    }
}
