package io.sallyport.http.jdk;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the HTTP proxy that a client sends a request of {@code http:} to, as the client does ({@code HttpRequestImpl.retrieveProxy}). */
final class JdkProxy {

    /** By which the platform's own selector is told of one. */
    private static final List<String> SETTINGS =
            List.of("http.proxyHost", "proxyHost", "socksProxyHost", "java.net.useSystemProxies");

    private JdkProxy() {}

    static @Nullable InetSocketAddress of(HttpClient client, URI uri) {
        if (!"http".equalsIgnoreCase(uri.getScheme())) {
            return null;
        }
        ProxySelector selector = client.proxy().orElseGet(ProxySelector::getDefault);
        if (selector == null
                || isPlatforms(selector) && SETTINGS.stream().allMatch(s -> System.getProperty(s) == null)) {
            return null;
        }
        List<Proxy> proxies = selector.select(uri);
        Proxy first = proxies == null || proxies.isEmpty() ? Proxy.NO_PROXY : proxies.get(0);
        return first.type() == Proxy.Type.HTTP && first.address() instanceof InetSocketAddress address ? address : null;
    }

    private static boolean isPlatforms(ProxySelector selector) {
        return selector.getClass().getName().equals("sun.net.spi.DefaultProxySelector");
    }
}
