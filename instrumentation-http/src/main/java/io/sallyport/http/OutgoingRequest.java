package io.sallyport.http;

import io.sallyport.core.command.Caller;
import io.sallyport.core.command.HttpCommand;
import io.sallyport.core.command.PathReadings;
import io.sallyport.core.command.RequestPath;
import io.sallyport.core.command.Target;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A request as its client is about to send it. Immutable.
 *
 * @param method in any case
 * @param uri absolute: scheme, host, raw path and query as they will be sent
 * @param headers names in lower case
 * @param body what a rule may ask for; {@code null} where there is none
 */
public record OutgoingRequest(
        String method,
        URI uri,
        Map<String, List<String>> headers,
        @Nullable OutgoingBody body) {

    /** A request without a body. */
    public OutgoingRequest(String method, URI uri, Map<String, List<String>> headers) {
        this(method, uri, headers, null);
    }

    public OutgoingRequest {
        method = method.toUpperCase(Locale.ROOT);
    }

    /**
     * Header fields that a client adds by itself on the way to the network; all others are the application's. ({@code Authorization} is not
     * among them: a round of authentication is a request of its own.)
     */
    private static final Set<String> CLIENTS_OWN = Set.of(
            "accept-encoding",
            "connection",
            "content-encoding",
            "content-length",
            "content-type",
            "cookie",
            "expect",
            "host",
            "http2-settings",
            "keep-alive",
            "proxy-connection",
            "te",
            "transfer-encoding",
            "upgrade",
            "user-agent");

    /** Whether {@code other} is this request on its further way: same method, same URI, same header fields of the application. */
    public boolean repeatedBy(OutgoingRequest other) {
        return method.equals(other.method) && uri.equals(other.uri) && hasFieldsOf(other) && other.hasFieldsOf(this);
    }

    /** The same request with this body. */
    public OutgoingRequest with(@Nullable OutgoingBody content) {
        return new OutgoingRequest(method, uri, headers, content);
    }

    /** The same request by another method. */
    OutgoingRequest as(String other) {
        return new OutgoingRequest(other, uri, headers, body);
    }

    /** Whether a WebSocket is asked for (RFC 6455 section 4.1). */
    public boolean isHandshake() {
        String scheme = uri.getScheme();
        return "ws".equalsIgnoreCase(scheme)
                || "wss".equalsIgnoreCase(scheme)
                || headers.containsKey("upgrade")
                        && headers.get("upgrade").stream().anyMatch("websocket"::equalsIgnoreCase);
    }

    /** The same request, of which its client only says later, or elsewhere, that it asks for a WebSocket. */
    public OutgoingRequest asHandshake() {
        Map<String, List<String>> fields = new TreeMap<>(headers);
        fields.put("upgrade", List.of("websocket"));
        return new OutgoingRequest(method, uri, fields, body);
    }

    /** Length of the body as far as it is known; -1 otherwise. */
    public long length() {
        long known = body == null ? -1 : body.length();
        if (known >= 0) {
            return known;
        }
        return length(headers.getOrDefault("content-length", List.of("")).get(0));
    }

    /** What a {@code Content-Length} says; -1 where it says nothing. */
    public static long length(@Nullable String stated) {
        String digits = stated == null ? "" : stated.strip();
        return !digits.isEmpty() && digits.length() < 19 && digits.chars().allMatch(c -> c >= '0' && c <= '9')
                ? Long.parseLong(digits)
                : -1;
    }

    private static final List<String> METHOD_OVERRIDES =
            List.of("x-http-method-override", "x-http-method", "x-method-override");

    private static final Pattern METHOD_IN_QUERY =
            Pattern.compile("(?:^|[&;])_method=[\\s+]*([A-Za-z]+)[\\s+]*(?=$|[&;])");

    /** The methods that servers may take this request for if they heed fields that say so, or the query; none where they name its own. */
    Set<String> overridingMethods() {
        Set<String> named = Set.of();
        for (String field : METHOD_OVERRIDES) {
            for (String value : fields(field)) {
                for (String one : value.split(",", -1)) {
                    named = with(named, one.strip());
                }
            }
        }
        if (method.equals("POST") && uri.getRawQuery() != null) {
            Matcher parameter = METHOD_IN_QUERY.matcher(decoded(uri.getRawQuery()));
            while (parameter.find()) {
                named = with(named, parameter.group(1));
            }
        }
        return named;
    }

    /** Values of a field; gateways to programs (CGI, RFC 3875 section 4.1.18) make one name of {@code -} and {@code _}. */
    private List<String> fields(String name) {
        List<String> values = headers.getOrDefault(name, List.of());
        for (Map.Entry<String, List<String>> field : headers.entrySet()) {
            String spelled = field.getKey();
            if (spelled.indexOf('_') >= 0 && spelled.replace('_', '-').equals(name)) {
                values = both(values, field.getValue());
            }
        }
        return values;
    }

    private Set<String> with(Set<String> named, String one) {
        if (one.isEmpty() || one.equalsIgnoreCase(method)) {
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

    /** Whether only header fields may differ. */
    boolean sameTarget(OutgoingRequest other) {
        return method.equals(other.method) && uri.equals(other.uri);
    }

    /** Whether all fields that {@code other} has of the application are here, too. */
    private boolean hasFieldsOf(OutgoingRequest other) {
        for (Map.Entry<String, List<String>> field : other.headers.entrySet()) {
            if (!CLIENTS_OWN.contains(field.getKey()) && !field.getValue().equals(headers.get(field.getKey()))) {
                return false;
            }
        }
        return true;
    }

    /**
     * For clients that iterate over header fields.
     *
     * @param each calls what it is given once per field, with name and value
     */
    public static OutgoingRequest of(String method, URI uri, Consumer<BiConsumer<String, String>> each) {
        Map<String, List<String>> headers = new TreeMap<>();
        each.accept((name, value) -> headers.merge(FieldNames.lower(name), List.of(value), OutgoingRequest::both));
        return new OutgoingRequest(method, uri, headers);
    }

    /** Header fields as {@code java.net} has them, with names in lower case; fields without a name are left out. */
    public static Map<String, List<String>> lowerCase(Map<String, List<String>> fields) {
        Map<String, List<String>> headers = new TreeMap<>();
        fields.forEach((name, values) -> {
            if (name != null) {
                headers.merge(FieldNames.lower(name), values, OutgoingRequest::both);
            }
        });
        return headers;
    }

    /** A request target in absolute form (RFC 9112 section 3.2.2): a server reads its path and ignores the rest. */
    private static final Pattern ABSOLUTE = Pattern.compile("(?i)^[a-z][a-z0-9+.-]*://[^/?#]*");

    /** The URI of {@link #raw}. */
    public static URI uri(String scheme, String host, int port, String pathAndQuery) {
        return SeenUris.of(raw(scheme, host, port, pathAndQuery));
    }

    /**
     * The text of a URI from parts that a client keeps unescaped: what a URI does not allow is escaped, nothing else is touched. A path
     * in absolute form, or without its first slash, is read as a server reads it.
     */
    public static String raw(String scheme, String host, int port, String pathAndQuery) {
        StringBuilder text = new StringBuilder(scheme).append("://").append(host);
        if (port >= 0) {
            text.append(':').append(port);
        }
        int fragment = pathAndQuery.indexOf('#');
        String sent = fragment < 0 ? pathAndQuery : pathAndQuery.substring(0, fragment);
        if (!sent.startsWith("/")) {
            sent = ABSOLUTE.matcher(sent).replaceFirst("");
        }
        if (!sent.isEmpty() && sent.charAt(0) != '/' && sent.charAt(0) != '?') {
            text.append('/');
        }
        if (isUnescaped(sent)) {
            return text.append(sent).toString();
        }
        byte[] bytes = sent.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            byte b = bytes[i];
            boolean escape = b == '%' && !(i + 2 < bytes.length && hex(bytes[i + 1]) && hex(bytes[i + 2]));
            if (b > ' ' && b < 0x7F && !escape && "\"<>\\^`{|}".indexOf(b) < 0) {
                text.append((char) b);
            } else {
                text.append('%').append(Character.forDigit((b >> 4) & 15, 16)).append(Character.forDigit(b & 15, 16));
            }
        }
        return text.toString();
    }

    /**
     * Whether a request target in absolute form names another host than the connection leads to. A proxy would go there, any other server
     * would not, so that no rule can tell what will happen.
     */
    public static boolean namesAnother(String pathAndQuery, String host, int port) {
        if (pathAndQuery.startsWith("/")) {
            return false;
        }
        Matcher absolute = ABSOLUTE.matcher(pathAndQuery);
        if (!absolute.find()) {
            return false;
        }
        Target named = RequestTarget.of(URI.create(absolute.group()), "/");
        String scheme = named.vendor();
        Target connected = RequestTarget.of(URI.create(raw(scheme, host, port, "/")), "/");
        return !named.endpoints().equals(connected.endpoints());
    }

    /** Whether a URI allows the text as it is and nothing is escaped in it. */
    private static boolean isUnescaped(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c >= 0x7F || c == '%' || "\"<>\\^`{|}".indexOf(c) >= 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean hex(byte digit) {
        return Character.digit(digit, 16) >= 0;
    }

    private static List<String> both(List<String> some, List<String> more) {
        List<String> all = new ArrayList<>(some);
        all.addAll(more);
        return all;
    }

    HttpCommand command(String session, Caller caller) {
        return command(session, caller, uri.getRawQuery() == null ? "" : uri.getRawQuery());
    }

    /** @param query in place of the URI's own */
    HttpCommand command(String session, Caller caller, String query) {
        RequestPath path = RequestPath.of(uri.getRawPath());
        return new HttpCommand(
                RequestTarget.of(uri, path.normal(), headers.getOrDefault("host", List.of())),
                session,
                caller,
                method,
                path.normal(),
                query,
                headers,
                null,
                readings(path));
    }

    /** Header fields by which a front door tells the server behind it the path that was asked for; some servers believe anybody. */
    private static final List<String> PATH_OVERRIDES = List.of("x-original-url", "x-rewrite-url");

    /** RFC 3986 section 4.2: the host of a reference without a scheme. */
    private static final Pattern NETWORK_PATH = Pattern.compile("^//[^/?#]*");

    private PathReadings readings(RequestPath path) {
        PathReadings readings = path.readings();
        for (String field : PATH_OVERRIDES) {
            for (String value : fields(field)) {
                readings = and(readings, value);
                if (value.indexOf(',') >= 0) {
                    for (String one : value.split(",", -1)) {
                        readings = and(readings, one);
                    }
                }
            }
        }
        return readings;
    }

    private static PathReadings and(PathReadings readings, String value) {
        String named = withoutQuery(ABSOLUTE.matcher(value.strip()).replaceFirst(""));
        PathReadings more = readings.and(RequestPath.of(named));
        return named.startsWith("//")
                ? more.and(RequestPath.of(NETWORK_PATH.matcher(named).replaceFirst("")))
                : more;
    }

    private static String withoutQuery(String named) {
        int query = named.indexOf('?');
        return query < 0 ? named : named.substring(0, query);
    }

    /** Queries that come with the path that such a field names; none where it has none. */
    Set<String> overridingQueries() {
        Set<String> named = Set.of();
        for (String field : PATH_OVERRIDES) {
            for (String value : fields(field)) {
                int query = value.indexOf('?');
                if (query >= 0) {
                    named = named.isEmpty() ? new LinkedHashSet<>() : named;
                    named.add(value.substring(query + 1).strip());
                }
            }
        }
        return named;
    }

    /** Host and port of RFC 9110 section 7.2, whatever the port; or what some still write before them. */
    private static final Pattern HOST = Pattern.compile(
            "(?:[^@/?#,\\s]*@)?(?:\\[[0-9A-Fa-f:.%]+]|[^\\[\\]:/?#,@\\\\\\s]+)(?::(?:0|[1-9][0-9]{0,4})?)?");

    /** A field {@code Host} that is none: which service a server takes it for, nobody can tell. */
    boolean namesNoHost() {
        for (String field : headers.getOrDefault("host", List.of())) {
            String named = field.strip();
            if (!named.isEmpty()
                    && !named.equalsIgnoreCase(uri.getRawAuthority())
                    && !HOST.matcher(named).matches()) {
                return true;
            }
        }
        return false;
    }
}
