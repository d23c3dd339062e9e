package io.sallyport.http;

import io.sallyport.core.command.Endpoint;
import io.sallyport.core.command.HostSpelling;
import io.sallyport.core.command.Target;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The target of a request: scheme, host, port and normalised path, without user, query or fragment. */
public final class RequestTarget {

    private RequestTarget() {}

    /** Then it begins anew: a crawler must not fill the heap. */
    private static final int MOST = 1024;

    /** Where authorities lead, by scheme. How a host is spelled takes longer to find out than all else about a target. */
    private static final Map<String, Map<String, Place>> PLACES =
            Map.of("http", new ConcurrentHashMap<>(), "https", new ConcurrentHashMap<>());

    /** @param path from {@link io.sallyport.core.command.RequestPath#normal} */
    public static Target of(URI uri, String path) {
        String scheme = lower(uri.getScheme());
        Map<String, Place> known = PLACES.get(scheme);
        String spelled = uri.getRawAuthority();
        Place place = known == null || spelled == null ? null : known.get(spelled);
        if (place == null) {
            Authority authority = Authority.of(uri);
            place = Place.of(scheme, authority.host, authority.port);
            if (known != null && spelled != null) {
                if (known.size() >= MOST) {
                    known.clear();
                }
                known.put(spelled, place);
            }
        }
        return place.at(path);
    }

    /**
     * The same where the request has fields {@code Host}. A server, or what stands before many, goes by it: if one names another host than the
     * URL, the target is both. What restricts one of them counts then, and what permits has to permit both.
     */
    static Target of(URI uri, String path, List<String> hostFields) {
        Target target = of(uri, path);
        for (String field : hostFields) {
            String named = field.strip();
            if (!named.isEmpty() && !isSame(named, uri.getRawAuthority(), target.vendor())) {
                target = both(target, named);
            }
        }
        return target;
    }

    private static Target both(Target connected, String named) {
        Authority authority = Authority.of(named);
        Set<Endpoint> both = new LinkedHashSet<>(connected.endpoints());
        both.addAll(Place.of(connected.vendor(), authority.host, authority.port).endpoints());
        if (authority.port < 0) {
            // Some leave out a port that is not the usual one.
            int port = connected.endpoints().get(0).port();
            both.addAll(Place.of(connected.vendor(), authority.host, port).endpoints());
        }
        return both.size() == connected.endpoints().size()
                ? connected
                : new Target(Target.Protocol.HTTP, connected.vendor(), List.copyOf(both), "", connected.url());
    }

    /** Whether a field says what the authority does, with or without the usual port: of nearly every request, so that nothing is parsed. */
    private static boolean isSame(String named, @Nullable String authority, String scheme) {
        if (authority == null || !authority.regionMatches(true, 0, named, 0, named.length())) {
            return false;
        }
        String port = isTls(scheme) ? ":443" : ":80";
        int rest = authority.length() - named.length();
        return rest == 0 || rest == port.length() && authority.endsWith(port);
    }

    private static boolean isTls(String scheme) {
        return scheme.equals("https") || scheme.equals("wss");
    }

    /**
     * An HTTPS service as a whole, for what is known before there is a request.
     *
     * @param port negative for the usual one
     */
    public static Target https(String host, int port) {
        return Place.of("https", host, port).at("/");
    }

    /** A target without its path. */
    private record Place(String scheme, List<Endpoint> endpoints, String url) {

        static Place of(String scheme, String host, int statedPort) {
            int defaultPort = isTls(scheme) ? 443 : 80;
            int port = statedPort < 0 ? defaultPort : statedPort;
            List<String> hosts = HostSpelling.of(host);
            List<Endpoint> endpoints =
                    hosts.stream().map(spelling -> new Endpoint(spelling, port)).toList();
            String first = hosts.get(0);
            String shown = first.indexOf(':') >= 0 ? "[" + first + "]" : first;
            String place = port == defaultPort ? shown : shown + ":" + port;
            return new Place(scheme, endpoints, scheme + "://" + place);
        }

        Target at(String path) {
            return new Target(Target.Protocol.HTTP, scheme, endpoints, "", url + path);
        }
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
            return of(uri.getRawAuthority() == null ? "" : uri.getRawAuthority());
        }

        static Authority of(String text) {
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
