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
        String scheme = lower(uri.getScheme());
        Authority authority = Authority.of(uri);
        boolean tls = scheme.equals("https") || scheme.equals("wss");
        int defaultPort = tls ? 443 : 80;
        int port = authority.port < 0 ? defaultPort : authority.port;
        List<String> hosts = HostSpelling.of(authority.host);
        List<Endpoint> endpoints =
                hosts.stream().map(host -> new Endpoint(host, port)).toList();
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
