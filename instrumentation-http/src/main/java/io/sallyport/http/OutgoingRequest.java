package io.sallyport.http;

import io.sallyport.core.command.Caller;
import io.sallyport.core.command.Endpoint;
import io.sallyport.core.command.HostSpelling;
import io.sallyport.core.command.HttpCommand;
import io.sallyport.core.command.RequestPath;
import io.sallyport.core.command.Target;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A request as its client is about to send it. Immutable. */
public final class OutgoingRequest {

    /**
     * Header fields that a client adds by itself on the way to the network; all others are the application's. ({@code Authorization} and {@code
     * Cookie} are not among them: a round of authentication is a request of its own, and what a client's store adds can be what a rule is about.)
     */
    private static final Set<String> CLIENTS_OWN = Set.of(
            "accept-encoding",
            "connection",
            "content-encoding",
            "content-length",
            "content-type",
            "expect",
            "host",
            "http2-settings",
            "keep-alive",
            "proxy-connection",
            "te",
            "transfer-encoding",
            "upgrade",
            "user-agent");

    private final String method;
    private final URI uri;
    private final Map<String, List<String>> headers;
    private final @Nullable OutgoingBody body;
    private final boolean bySocket;
    private final @Nullable String proxy;

    /** Of a kind that has no say in the request. */
    private final @Nullable String carrier;

    /** Found when they are first asked for; threads that do so at once find the same. */
    private @Nullable List<Overrides.Reading> readings;

    /**
     * @param method in any case
     * @param uri absolute: scheme, host, raw path and query as they will be sent
     * @param headers names in lower case
     * @param body what a rule may ask for; {@code null} where there is none
     */
    public OutgoingRequest(String method, URI uri, Map<String, List<String>> headers, @Nullable OutgoingBody body) {
        this(method, uri, headers, body, false, null, null);
    }

    private OutgoingRequest(
            String method,
            URI uri,
            Map<String, List<String>> headers,
            @Nullable OutgoingBody body,
            boolean bySocket,
            @Nullable String proxy,
            @Nullable String carrier) {
        this.method = method.toUpperCase(Locale.ROOT);
        this.uri = uri;
        this.headers = headers;
        this.body = body;
        this.bySocket = bySocket;
        this.proxy = proxy;
        this.carrier = carrier;
    }

    /** A request without a body. */
    public OutgoingRequest(String method, URI uri, Map<String, List<String>> headers) {
        this(method, uri, headers, null);
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

    /** The same request with these fields in place of its own; see {@link #of}. */
    OutgoingRequest withFields(Consumer<BiConsumer<String, String>> each) {
        return new OutgoingRequest(method, uri, of(method, uri, each).headers, body, bySocket, proxy, carrier);
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

    private static List<String> both(List<String> some, List<String> more) {
        List<String> all = new ArrayList<>(some);
        all.addAll(more);
        return all;
    }

    /** In upper case. */
    public String method() {
        return method;
    }

    /** See the constructor. */
    public URI uri() {
        return uri;
    }

    /** By their names in lower case. */
    public Map<String, List<String>> headers() {
        return headers;
    }

    /** What a rule may ask for; {@code null} where there is none. */
    public @Nullable OutgoingBody body() {
        return body;
    }

    /** As it is sent, without {@code ?}; empty where there is none. */
    String query() {
        String query = uri.getRawQuery();
        return query == null ? "" : query;
    }

    /** What else a server may read method, query and host as; see {@link Overrides}. */
    List<Overrides.Reading> readings() {
        List<Overrides.Reading> found = readings;
        if (found == null) {
            found = Overrides.of(this);
            readings = found;
        }
        return found;
    }

    /**
     * Whether {@code other} is this request on its further way: same method, same URI, same header fields of the application, and no other proxy.
     */
    public boolean repeatedBy(OutgoingRequest other) {
        return method.equals(other.method)
                && uri.equals(other.uri)
                && (other.proxy == null || other.proxy.equals(proxy))
                && (other.carrier == null || other.carrier.equals(carrier))
                && hasFieldsOf(other)
                && other.hasFieldsOf(this);
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

    /** The same request with this body. */
    public OutgoingRequest with(@Nullable OutgoingBody content) {
        return new OutgoingRequest(method, uri, headers, content, bySocket, proxy, carrier);
    }

    /**
     * The same request with what a handler of cookies adds to it.
     *
     * @param cookies {@code null} where there is none
     * @param own fields of the application, as it named them
     * @throws IOException what the handler throws, which its client reports as well
     */
    public OutgoingRequest withCookies(@Nullable SaidCookies cookies, Map<String, List<String>> own)
            throws IOException {
        if (cookies == null) {
            return this;
        }
        Map<String, List<String>> said = lowerCase(cookies.decided(uri, own));
        List<String> values = said.getOrDefault("cookie", List.of());
        return values.isEmpty() ? this : adding(Map.of("cookie", values));
    }

    /** The same request with fields that its client adds to its own, by their names in lower case. */
    public OutgoingRequest adding(Map<String, List<String>> more) {
        if (more.isEmpty()) {
            return this;
        }
        Map<String, List<String>> fields = new TreeMap<>(headers);
        more.forEach((name, values) -> fields.merge(name, values, OutgoingRequest::both));
        return new OutgoingRequest(method, uri, fields, body, bySocket, proxy, carrier);
    }

    /** The same request of a client that tells the socket which it writes to: see {@link #bySocket}. */
    public OutgoingRequest overSocket() {
        return new OutgoingRequest(method, uri, headers, body, true, proxy, carrier);
    }

    /**
     * The same request to an HTTP proxy. Without a tunnel, which only {@code http:} goes without, any server that is taken for a proxy
     * sees the request, and may answer it by itself, so that its rules have a say as well.
     *
     * @param host of the proxy; {@code null} for none
     */
    public OutgoingRequest through(@Nullable String host, int port) {
        if (host == null || !"http".equalsIgnoreCase(uri.getScheme())) {
            return this;
        }
        return new OutgoingRequest(method, uri, headers, body, bySocket, RequestUri.host(host) + ":" + port, carrier);
    }

    /** The same request by way of a proxy of another kind (SOCKS, a tunnel), which carries what is sent to its target. */
    public OutgoingRequest carriedBy(String host, int port) {
        return new OutgoingRequest(method, uri, headers, body, bySocket, proxy, RequestUri.host(host) + ":" + port);
    }

    /** {@code host:port} of the proxy of any kind that its connection leads to; {@code null} where none is known. */
    @Nullable
    String leadsTo() {
        return proxy == null ? carrier : proxy;
    }

    /** The same place. */
    @Nullable
    Endpoint proxyPlace() {
        String there = leadsTo();
        if (there == null) {
            return null;
        }
        int colon = there.lastIndexOf(':');
        return place(there.substring(0, colon), Integer.parseInt(there.substring(colon + 1)));
    }

    /** In the spelling in which connections are looked at. */
    static Endpoint place(String host, int port) {
        return new Endpoint(HostSpelling.of(host).get(0), port);
    }

    /** {@code host:port} of the HTTP proxy that it is sent to; {@code null} where none is known. */
    @Nullable
    String proxy() {
        return proxy;
    }

    /**
     * Whether its client tells the {@code java.net.Socket} that it writes the request to ({@link HttpCall#sendingBy}); a relay is only reached
     * by such.
     */
    boolean bySocket() {
        return bySocket;
    }

    /** The same request at another place. */
    OutgoingRequest at(URI there) {
        return new OutgoingRequest(method, there, headers, body, bySocket, proxy, carrier);
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
        return new OutgoingRequest(method, uri, fields, body, bySocket, proxy, carrier);
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

    HttpCommand command(Function<Target, String> sessions, Caller caller) {
        return command(sessions, caller, new Overrides.Reading(method, query(), null));
    }

    /** @param sessions the session of requests to a service */
    HttpCommand command(Function<Target, String> sessions, Caller caller, Overrides.Reading reading) {
        RequestPath path = RequestPath.of(uri.getRawPath());
        Target target = RequestTarget.of(uri, path.normal(), hosts(reading));
        return new HttpCommand(
                target,
                sessions.apply(target),
                caller,
                reading.method(),
                path.normal(),
                reading.query(),
                headers,
                null,
                Overrides.paths(this, path));
    }

    private List<String> hosts(Overrides.Reading reading) {
        List<String> named = fields("host");
        return reading.host() == null ? named : both(named, List.of(reading.host()));
    }

    /** Values of a field by its name in lower case. */
    List<String> fields(String name) {
        return headers.getOrDefault(name, List.of());
    }
}
