package io.sallyport.http;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hosts that a request names as the one its own sender was asked for ({@code X-Forwarded-Host} and its kin; RFC 7239, {@code Forwarded}). Some
 * servers answer for that one in place of the request's own, whoever says so. The one that is taken for a proxy may answer as well.
 */
final class ForwardedHosts {

    private static final List<String> FIELDS =
            List.of("x-forwarded-host", "x-host", "x-original-host", "x-forwarded-server", "x-http-host-override");

    /** RFC 7239 section 4. */
    private static final Pattern PARAMETER = Pattern.compile(
            "(?:^|[;,\\s])host\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^;,\"\\s]+))", Pattern.CASE_INSENSITIVE);

    private ForwardedHosts() {}

    /** With the proxy, those that are hosts, but for the URL's own: nothing of most requests. */
    static Set<String> of(OutgoingRequest request) {
        Set<String> named = request.proxy() == null ? Set.of() : Set.of(request.proxy());
        for (String field : Overrides.values(request, FIELDS)) {
            for (String one : field.split(",", -1)) {
                named = with(named, one, request);
            }
        }
        for (String field : request.fields("forwarded")) {
            Matcher parameter = PARAMETER.matcher(field);
            while (parameter.find()) {
                String quoted = parameter.group(1);
                named = with(named, quoted == null ? parameter.group(2) : quoted.replaceAll("\\\\(.)", "$1"), request);
            }
        }
        return named;
    }

    private static Set<String> with(Set<String> named, String one, OutgoingRequest request) {
        String host = one.strip();
        if (!HostField.isHost(host) || host.equalsIgnoreCase(request.uri().getRawAuthority())) {
            return named;
        }
        Set<String> more = new LinkedHashSet<>(named);
        more.add(host);
        return more;
    }
}
