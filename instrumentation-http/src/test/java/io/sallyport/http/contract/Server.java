package io.sallyport.http.contract;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Answers {@code secret 42} and counts. {@code /redirect} leads to {@code /denied}, or where {@code to} says, by the status {@code by}. The query chooses: {@code status}, {@code
 * coding} (gzip, deflate, br; each of several in a field of its own), {@code chunked} (no length is stated), {@code drip} (the same, byte by byte), {@code echo} (the request's body
 * comes back), {@code format} and {@code charset} (one of {@link Documents}), {@code
 * media} (compressed as a document of that type).
 */
public final class Server implements AutoCloseable {

    public static final String BODY = "secret 42";

    static {
        // Head and body are written apart; without this an answer may wait 40 ms for its client's delayed
        // acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private final OverTls secure;

    /** What the names of its threads begin with. */
    static final String THREADS = "test-server-";

    private final ExecutorService threads =
            Executors.newCachedThreadPool(task -> new Thread(task, THREADS + System.identityHashCode(task)));
    private final Set<String> fields = ConcurrentHashMap.newKeySet();
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final Set<InetSocketAddress> connections = ConcurrentHashMap.newKeySet();

    Server() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 100);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
        secure = OverTls.to(server.getAddress().getPort());
    }

    /** Over TLS, see {@link OverTls}. */
    public URI at(String pathAndQuery) {
        return secure.at(pathAndQuery);
    }

    /** The same in plain text, for tests that are about it. */
    public URI plain(String pathAndQuery) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + pathAndQuery);
    }

    /** What could be read on the wire to it, of what went over TLS. */
    List<String> readable() {
        return secure.readable();
    }

    /** Names of header fields that arrived, in any request, and {@code Host=} with its value. */
    public Set<String> fields() {
        return fields;
    }

    /** What arrived, as {@code METHOD path?query}. */
    public List<String> seen() {
        return seen;
    }

    /** Of the requests that arrived. */
    public List<String> bodies() {
        return bodies;
    }

    /** How many connections requests came by. */
    int connections() {
        return connections.size();
    }

    private void answer(HttpExchange exchange) throws IOException {
        connections.add(exchange.getRemoteAddress());
        URI uri = exchange.getRequestURI();
        seen.add(exchange.getRequestMethod() + " " + uri);
        fields.addAll(exchange.getRequestHeaders().keySet());
        fields.add("Host=" + exchange.getRequestHeaders().getFirst("Host"));
        byte[] sent = exchange.getRequestBody().readAllBytes();
        bodies.add(new String(sent, StandardCharsets.UTF_8));
        if (uri.getPath().equals("/redirect") || uri.getPath().equals("/no-redirects")) {
            Map<String, String> wanted = query(uri.getQuery());
            exchange.getResponseHeaders().add("Location", wanted.getOrDefault("to", "/denied"));
            exchange.sendResponseHeaders(Integer.parseInt(wanted.getOrDefault("by", "302")), -1);
            exchange.close();
            return;
        }
        Map<String, String> wanted = query(uri.getQuery());
        int status = Integer.parseInt(wanted.getOrDefault("status", "200"));
        byte[] body = wanted.containsKey("echo") ? sent : BODY.getBytes(StandardCharsets.UTF_8);
        String coding = wanted.get("coding");
        String format = wanted.get("format");
        String charset = wanted.getOrDefault("charset", "");
        if (format != null) {
            body = Documents.body(format, charset);
        }
        exchange.getResponseHeaders()
                .add(
                        "Content-Type",
                        (format == null ? "text/plain" : Documents.type(format))
                                + (charset.isEmpty() ? "" : "; charset=" + charset));
        if (wanted.containsKey("media")) {
            exchange.getResponseHeaders().set("Content-Type", wanted.get("media"));
            body = encode("gzip", body);
        }
        exchange.getResponseHeaders().add("ETag", "\"e1\"");
        if (wanted.containsKey("alternative")) {
            String place = '"' + wanted.get("alternative") + "\"; ma=3600";
            exchange.getResponseHeaders().add("Alt-Svc", "h3=" + place + ", h2=" + place + ", http%2F1.1=" + place);
        }
        if (status == 401) {
            exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"x\"");
        }
        if (coding != null) {
            for (String one : coding.split(",")) {
                exchange.getResponseHeaders().add("Content-Encoding", one);
                body = encode(one, body);
            }
        }
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().add("Content-Length", String.valueOf(body.length));
            exchange.sendResponseHeaders(status, -1);
        } else if (status == 204 || status == 304 || wanted.containsKey("empty")) {
            exchange.sendResponseHeaders(status, -1);
        } else if (wanted.containsKey("drip")) {
            exchange.sendResponseHeaders(status, 0);
            for (byte b : body) {
                exchange.getResponseBody().write(b);
                exchange.getResponseBody().flush();
            }
        } else {
            exchange.sendResponseHeaders(status, wanted.containsKey("chunked") ? 0 : body.length);
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    private static Map<String, String> query(String query) {
        Map<String, String> wanted = new HashMap<>();
        for (String part : query == null ? new String[0] : query.split("&")) {
            String[] pair = part.split("=", 2);
            wanted.put(pair[0], pair.length > 1 ? pair[1] : "");
        }
        return wanted;
    }

    private static byte[] encode(String coding, byte[] body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = switch (coding) {
            case "gzip" -> new GZIPOutputStream(bytes);
            case "deflate" -> new DeflaterOutputStream(bytes);
            default -> bytes;
        }) {
            out.write(body);
        }
        return bytes.toByteArray();
    }

    /** @throws AssertionError when something could be read on the wire */
    @Override
    public void close() throws IOException {
        server.stop(0);
        threads.shutdownNow();
        secure.close();
    }
}
