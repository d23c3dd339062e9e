package io.sallyport.http;

import io.sallyport.core.command.PathReadings;
import io.sallyport.core.command.RequestPath;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a request says in header fields, or in its query, that a server may heed in place of its own method, path and query. Some servers believe
 * anybody in this, so that a rule has its say on each.
 */
final class Overrides {

    private static final List<String> METHODS = List.of("x-http-method-override", "x-http-method", "x-method-override");

    private static final Pattern METHOD_IN_QUERY =
            Pattern.compile("(?:^|[&;])_method=[\\s+]*([A-Za-z]+)[\\s+]*(?=$|[&;])");

    /** Fields by which a front door tells the server behind it the path that was asked for. */
    private static final List<String> PATHS = List.of("x-original-url", "x-rewrite-url");

    /** RFC 3986 section 4.2: the host of a reference without a scheme. */
    private static final Pattern NETWORK_PATH = Pattern.compile("^//[^/?#]*");

    private Overrides() {}

    /**
     * Method, query and host that a server may read in place of the request's own.
     *
     * @param host {@code null} for the request's own
     */
    record Reading(String method, String query, @Nullable String host) {}

    /** All but the request's own: nothing of most requests. */
    static List<Reading> of(OutgoingRequest request) {
        Set<String> methods = methods(request);
        Set<String> queries = queries(request);
        Set<String> hosts = ForwardedHosts.of(request);
        if (methods.isEmpty() && queries.isEmpty() && hosts.isEmpty()) {
            return List.of();
        }
        List<Reading> readings = new ArrayList<>();
        for (String method : and(request.method(), methods)) {
            for (String query : and(request.query(), queries)) {
                readings.add(new Reading(method, query, null));
                for (String host : hosts) {
                    readings.add(new Reading(method, query, host));
                }
            }
        }
        readings.remove(0);
        return List.copyOf(readings);
    }

    /** The request's own first. */
    private static List<String> and(String own, Set<String> others) {
        List<String> all = new ArrayList<>(1 + others.size());
        all.add(own);
        all.addAll(others);
        return all;
    }

    private static Set<String> methods(OutgoingRequest request) {
        Set<String> named = Set.of();
        for (String field : values(request, METHODS)) {
            for (String one : field.split(",", -1)) {
                named = with(named, one.strip(), request);
            }
        }
        if (request.method().equals("POST") && !request.query().isEmpty()) {
            Matcher parameter = METHOD_IN_QUERY.matcher(decoded(request.query()));
            while (parameter.find()) {
                named = with(named, parameter.group(1), request);
            }
        }
        return named;
    }

    private static Set<String> with(Set<String> named, String one, OutgoingRequest request) {
        if (one.isEmpty() || one.equalsIgnoreCase(request.method())) {
            return named;
        }
        Set<String> more = new LinkedHashSet<>(named);
        more.add(one.toUpperCase(Locale.ROOT));
        return more;
    }

    private static String decoded(String query) {
        try {
            return query.indexOf('%') < 0 ? query : URLDecoder.decode(query, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException noEscape) {
            return query;
        }
    }

    /** Those that come with the path that a field names. */
    private static Set<String> queries(OutgoingRequest request) {
        Set<String> named = Set.of();
        for (String field : values(request, PATHS)) {
            int query = field.indexOf('?');
            if (query >= 0) {
                named = named.isEmpty() ? new LinkedHashSet<>() : named;
                named.add(field.substring(query + 1).strip());
            }
        }
        return named;
    }

    /** What the path may be read as, with what fields name in its place. */
    static PathReadings paths(OutgoingRequest request, RequestPath path) {
        PathReadings readings =
                WrittenCharacters.and(path.readings(), request.uri().getRawPath());
        for (String field : values(request, PATHS)) {
            readings = and(readings, field);
            if (field.indexOf(',') >= 0) {
                for (String one : field.split(",", -1)) {
                    readings = and(readings, one);
                }
            }
        }
        return readings;
    }

    private static PathReadings and(PathReadings readings, String value) {
        String named = withoutQuery(RequestUri.ABSOLUTE.matcher(value.strip()).replaceFirst(""));
        PathReadings more = readings.and(RequestPath.of(named));
        return named.startsWith("//")
                ? more.and(RequestPath.of(NETWORK_PATH.matcher(named).replaceFirst("")))
                : more;
    }

    private static String withoutQuery(String named) {
        int query = named.indexOf('?');
        return query < 0 ? named : named.substring(0, query);
    }

    /** Values of these fields; gateways to programs (CGI, RFC 3875 section 4.1.18) make one name of {@code -} and {@code _}. */
    static List<String> values(OutgoingRequest request, List<String> names) {
        List<String> values = List.of();
        for (Map.Entry<String, List<String>> field : request.headers().entrySet()) {
            String name = field.getKey();
            // All begin so, and few of a request's fields do.
            if (!name.isEmpty() && name.charAt(0) == 'x' && names.contains(name.replace('_', '-'))) {
                values = values.isEmpty() ? new ArrayList<>() : values;
                values.addAll(field.getValue());
            }
        }
        return values;
    }
}
