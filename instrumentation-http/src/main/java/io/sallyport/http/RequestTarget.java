package io.sallyport.http;

import io.sallyport.core.command.Endpoint;
import io.sallyport.core.command.HostSpelling;
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
        Authority authority = Authority.of(uri);
        return of(lower(uri.getScheme()), authority.host, authority.port, path);
    }

    /**
     * An HTTPS service as a whole, for what is known before there is a request.
     *
     * @param port negative for the usual one
     */
    public static Target https(String host, int port) {
        return of("https", host, port, "/");
    }

    private static Target of(String scheme, String host, int statedPort, String path) {
        boolean tls = scheme.equals("https") || scheme.equals("wss");
        int defaultPort = tls ? 443 : 80;
        int port = statedPort < 0 ? defaultPort : statedPort;
        List<String> hosts = HostSpelling.of(host);
        List<Endpoint> endpoints =
                hosts.stream().map(spelling -> new Endpoint(spelling, port)).toList();
        String first = hosts.get(0);
        String shown = first.indexOf(':') >= 0 ? "[" + first + "]" : first;
        String place = port == defaultPort ? shown : shown + ":" + port;
        return new Target(Target.Protocol.HTTP, scheme, endpoints, "", scheme + "://" + place + path);
    }

    private static String lower(@Nullable String text) {
        return text == null ? "" : text.toLowerCase(Locale.ROOT);
    }

    /** Host and port, also of URIs that {@link URI} has none for, such as those with an underscore or a number for a host. */
    private record Authority(String host, int port) {

        static Authority of(URI uri) {
            if (uri.getHost() != null) {
                return new Authority(uri.getHost(), uri.getPort());
            }
            String text = uri.getRawAuthority() == null ? "" : uri.getRawAuthority();
            String place = text.substring(text.lastIndexOf('@') + 1);
            int colon = place.lastIndexOf(':');
            boolean port = colon >= 0
                    && place.indexOf(']', colon) < 0
                    && place.substring(colon + 1).matches("[0-9]{1,5}");
            return port
                    ? new Authority(place.substring(0, colon), Integer.parseInt(place.substring(colon + 1)))
                    : new Authority(colon == place.length() - 1 && colon >= 0 ? place.substring(0, colon) : place, -1);
        }
    }
}
