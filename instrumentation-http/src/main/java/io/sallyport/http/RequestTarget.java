package io.sallyport.http;

import io.sallyport.core.command.Endpoint;
import io.sallyport.core.command.Target;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The target of a request: scheme, host, port and normalised path, without user, query or fragment. */
public final class RequestTarget {

    private RequestTarget() {}

    /** @param path from {@link RequestPath#normalise} */
    public static Target of(URI uri, String path) {
        String scheme = lower(uri.getScheme());
        String host = host(uri);
        boolean tls = scheme.equals("https") || scheme.equals("wss");
        int defaultPort = tls ? 443 : 80;
        int port = uri.getPort() < 0 ? defaultPort : uri.getPort();
        Endpoint endpoint = new Endpoint(host, port);
        String shown = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        String authority = port == defaultPort ? shown : shown + ":" + port;
        return new Target(Target.Protocol.HTTP, scheme, List.of(endpoint), "", scheme + "://" + authority + path);
    }

    private static String host(URI uri) {
        String host = lower(uri.getHost());
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        // A trailing dot is the same host (RFC 1034 section 3.1) and must not evade a rule.
        return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    }

    private static String lower(@Nullable String text) {
        return text == null ? "" : text.toLowerCase(Locale.ROOT);
    }
}
