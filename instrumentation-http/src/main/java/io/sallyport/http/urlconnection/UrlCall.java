package io.sallyport.http.urlconnection;

import io.sallyport.core.hold.Waiter;
import io.sallyport.core.verdict.Passage;
import io.sallyport.core.verdict.RefusedException;
import io.sallyport.http.HttpCall;
import io.sallyport.http.HttpGate;
import io.sallyport.http.HttpRefusals;
import io.sallyport.http.OutgoingBody;
import io.sallyport.http.OutgoingRequest;
import io.sallyport.http.RequestUri;
import io.sallyport.http.SaidCookies;
import io.sallyport.http.SentBody;
import io.sallyport.http.answer.FieldValues;
import io.sallyport.weaving.StateField;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.CookieHandler;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URL;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The call that one connection object makes, and how its requests are decided. Lives in the connection's state. Thread-safe, though the
 * connection is not.
 *
 * <p>The request of a connection object is fixed once it connects, except that {@code getOutputStream} turns GET into POST and a redirect
 * changes the URL; whatever would send another request than the admitted one is decided anew.
 */
final class UrlCall {

    /** What the connection says of a body whose type nobody said. */
    private static final String UNSTATED = "application/x-www-form-urlencoded";

    private static final Set<String> CREDENTIALS = Set.of("authorization", "proxy-authorization");

    private final HttpURLConnection connection;
    private final HttpCall requests = new HttpCall();
    private final UrlAnswer answer;
    private Map<String, List<String>> requestHeaders = Map.of();

    /** The same as the application named them. */
    private Map<String, List<String>> properties = Map.of();

    /** Those that the application set, by names in lower case. */
    private volatile Map<String, List<String>> credentials = Map.of();

    /** Of the handler that the connection asks when it writes a request. */
    private volatile @Nullable SaidCookies cookies;

    private volatile @Nullable CapturedOutput captured;
    private volatile @Nullable OutputStream written;
    private volatile boolean sending;

    /** Found once not to be a revocation check's: an application's stays one. The other way round it is asked each time. */
    private volatile boolean ordinary;

    /** Whether there was an answer, after which the connection went on to another request. */
    private volatile boolean gaveUpAnswer;

    private volatile @Nullable IOException refusedBody;

    private UrlCall(HttpURLConnection connection) {
        this.connection = connection;
        this.answer = new UrlAnswer(connection, requests, this::writtenLength);
    }

    static UrlCall of(Object connection) {
        synchronized (connection) {
            UrlCall call = StateField.get(connection, UrlCall.class);
            if (call == null) {
                call = new UrlCall((HttpURLConnection) connection);
                StateField.set(connection, call);
            }
            return call;
        }
    }

    UrlAnswer answer() {
        return answer;
    }

    /** @param handler the connection's own; {@code null} for none */
    UrlCall with(@Nullable CookieHandler handler) {
        if (cookies == null && handler != null) {
            cookies = new SaidCookies(handler);
        }
        return this;
    }

    /** @return what the connection asks for cookies in place of its own handler; {@code null} for that one */
    static @Nullable CookieHandler cookies(Object connection) {
        UrlCall call = StateField.get(connection, UrlCall.class);
        SaidCookies known = call == null ? null : call.cookies;
        return known == null ? null : known.asClient();
    }

    /** A connection is asked for; where the request was sent already by the one that there is, nothing is connected. */
    void connect() throws IOException {
        if (!requests.isSent() || requests.isAnswered()) {
            decide(connection.getRequestMethod(), connection.getURL(), sentAgain());
        }
    }

    /** @return what the application shall write to, where a rule asks for the body before it is sent */
    @Nullable
    OutputStream output() throws IOException {
        if (captured != null) {
            // Ours, or the connection's own while the captured body is sent.
            return sending ? null : captured;
        }
        if (requests.isSent()) {
            // The stream that there is, or the connection's own complaint.
            return null;
        }
        URL url = connection.getURL();
        if (connection.getDoOutput()
                && !isForRevocation()
                && HttpGate.current().asksForBody(new OutgoingRequest(writing(), uri(url), requestHeaders()))) {
            captured = new CapturedOutput(this);
            return captured;
        }
        decide(writing(), url, null);
        return null;
    }

    /** @param stream the connection's own; what the application gets in its place only counts */
    @Nullable
    OutputStream written(@Nullable OutputStream stream) {
        OutputStream known = written;
        if (stream == null || stream instanceof ByteArrayOutputStream) {
            written = stream;
        } else if (!(known instanceof CountedOutput counted) || !counted.isOver(stream)) {
            SentBody body = shown();
            written = new CountedOutput(stream, body == null ? stream : body.before(stream));
        }
        return written;
    }

    private @Nullable SentBody shown() {
        return requests.writing(name -> {
            String stated = FieldValues.joined(requestHeaders().getOrDefault(name, List.of()));
            return stated == null && name.equals("content-type") ? UNSTATED : stated;
        });
    }

    /** The request is over: what the connection kept of its body is recorded. Length of the body; -1 where there is none. */
    long writtenLength() {
        OutputStream stream = written;
        if (stream instanceof ByteArrayOutputStream bytes) {
            show(bytes);
        }
        // The connection keeps a body in memory whose length was not announced.
        return stream instanceof CountedOutput counted
                ? counted.count()
                : stream instanceof ByteArrayOutputStream bytes ? bytes.size() : -1;
    }

    private void show(ByteArrayOutputStream bytes) {
        SentBody body = shown();
        if (body != null) {
            try {
                bytes.writeTo(body.before(OutputStream.nullOutputStream()));
            } catch (IOException nobodyThrows) {
                throw new UncheckedIOException(nobodyThrows);
            }
        }
    }

    /** The connection's own stream for a body that is too long to be looked at. */
    OutputStream outputUnseen() throws IOException {
        return outputSeen(OutgoingBody.UNREADABLE);
    }

    /** {@code getInputStream} begins: what was captured is decided and sent. */
    static Object asked(Object connection) throws IOException {
        UrlCall call = StateField.get(connection, UrlCall.class);
        if (call != null) {
            call.sendCaptured();
        }
        return Inside.enter(connection);
    }

    private void sendCaptured() throws IOException {
        CapturedOutput output = captured;
        IOException refused = refusedBody;
        if (refused != null) {
            // Getters of header fields ask for the answer again and again.
            throw refused;
        }
        byte[] bytes = output == null || sending ? null : output.taken();
        if (bytes != null) {
            try (OutputStream out = outputSeen(OutgoingBody.of(bytes))) {
                out.write(bytes);
            }
        }
    }

    private OutputStream outputSeen(OutgoingBody body) throws IOException {
        try {
            decide(writing(), connection.getURL(), body);
        } catch (IOException refused) {
            refusedBody = refused;
            throw refused;
        }
        sending = true;
        return connection.getOutputStream();
    }

    /** The method of a request that is written to. */
    private String writing() {
        String asked = connection.getRequestMethod();
        return asked.equals("GET") ? "POST" : asked;
    }

    /** As the connection does it, a POST becomes a GET but for status 307 and where a system property says otherwise. */
    void redirect(int status, URL location) throws IOException {
        if (!location.getProtocol().equalsIgnoreCase(connection.getURL().getProtocol())) {
            // The connection does not follow to another protocol.
            return;
        }
        answeredBy(status);
        String asked = connection.getRequestMethod();
        SaidCookies before = cookies;
        if (before != null) {
            before.next();
        }
        boolean becomesGet = asked.equals("POST") && status != 307 && !Boolean.getBoolean("http.strictPostRedirect");
        if (becomesGet) {
            written = null;
        }
        decide(becomesGet ? "GET" : asked, location, sentAgain());
    }

    /** The answer is not for the caller: the connection goes on. */
    private void answeredBy(int status) throws IOException {
        gaveUpAnswer = true;
        requests.sent(writtenLength());
        try {
            requests.followed(status);
        } catch (RefusedException refused) {
            throw HttpRefusals.ofSockets(refused.refusal());
        }
    }

    /** The connection has credentials for who asks for them, and gives up the answer. What a proxy says of a tunnel answers no request. */
    void challenged(int status) throws IOException {
        if (requests.isSent() && !requests.isAnswered() && status >= 200) {
            answeredBy(status);
        }
    }

    /**
     * The request is about to be written, with this head: once, or again when its connection died. It has a connection then, and cannot wait. What
     * was decided is not decided again.
     */
    void written(@Nullable String[] names, @Nullable String[] values, int count) throws IOException {
        URL url = connection.getURL();
        WrittenHead head = WrittenHead.of(names, values, count, requestHeaders.keySet());
        URI uri = RequestUri.of(scheme(url), url.getHost(), url.getPort(), head.target());
        OutgoingBody body = requests.isSent() ? sentAgain() : null;
        decide(new OutgoingRequest(head.method(), uri, head.fields(), body), HttpGate.current()::follow);
    }

    /** The same of the connection whose answer this thread waits for; of none that is known, nothing is shown. */
    static boolean isWithheldHere() {
        Object waiting = Inside.connection();
        UrlCall call = waiting == null ? null : StateField.get(waiting, UrlCall.class);
        return call == null || call.isWithheld();
    }

    /** See {@link HttpCall#isWithheld}. */
    boolean isWithheld() {
        return requests.isWithheld();
    }

    /** Nothing stands against it. */
    void sending() {
        requests.sending();
    }

    /** A field was set, which the connection's getters may leave out. */
    static void stated(Object connection, @Nullable String name, @Nullable String value) {
        if (name != null && CREDENTIALS.contains(name.toLowerCase(Locale.ROOT))) {
            UrlCall call = of(connection);
            call.credentials = new TreeMap<>(call.credentials);
            call.credentials.put(name.toLowerCase(Locale.ROOT), List.of(String.valueOf(value)));
        }
    }

    /** What the connection kept of what was written to it, and sends again; {@code null} for nothing. */
    private @Nullable OutgoingBody sentAgain() {
        OutputStream stream = written;
        return stream == null
                ? null
                : stream instanceof ByteArrayOutputStream bytes
                        ? OutgoingBody.of(bytes.toByteArray())
                        : OutgoingBody.UNREADABLE;
    }

    private void decide(String asked, URL url, @Nullable OutgoingBody body) throws IOException {
        decide(asked, url, body, this::admit);
    }

    /** A walk over the stack, for the connection that is not known yet. */
    private boolean isForRevocation() {
        if (ordinary) {
            return false;
        }
        boolean checks = RevocationCheck.inProgress();
        ordinary = !checks;
        return checks;
    }

    private void decide(String asked, URL url, @Nullable OutgoingBody body, HttpCall.Admission admission)
            throws IOException {
        if (isForRevocation()) {
            HttpGate.current().exempt(uri(url));
        } else {
            decide(
                    new OutgoingRequest(asked, uri(url), requestHeaders(), body).withCookies(cookies, properties),
                    admission);
        }
    }

    private void decide(OutgoingRequest next, HttpCall.Admission admission) throws IOException {
        if (isForRevocation()) {
            return;
        }
        try {
            requests.decide(next.overSocket(), admission);
        } catch (RefusedException refused) {
            IOException no = HttpRefusals.ofSockets(refused.refusal());
            if (gaveUpAnswer || requests.isAnswered()) {
                answer.refuse(no);
            }
            throw no;
        }
    }

    /** The request is about to be written to a proxy. */
    void goesThrough(InetSocketAddress proxy) throws RefusedException {
        requests.goesThrough(proxy.getHostString(), proxy.getPort());
    }

    private Passage admit(OutgoingRequest request) throws RefusedException {
        int limit = connection.getReadTimeout();
        Waiter waiter = limit > 0 ? new Waiter(Duration.ofMillis(limit)) : Waiter.unlimited();
        return HttpGate.current().admit(request, waiter);
    }

    private Map<String, List<String>> requestHeaders() {
        try {
            properties = connection.getRequestProperties();
            Map<String, List<String>> fields = OutgoingRequest.lowerCase(properties);
            fields.putAll(credentials);
            requestHeaders = fields;
        } catch (IllegalStateException connected) {
            // Those of the request before the redirect are sent again.
        }
        return requestHeaders;
    }

    private static URI uri(URL url) {
        return RequestUri.of(scheme(url), url.getHost(), url.getPort(), url.getFile());
    }

    /** Whatever the URL is of (the JDK has {@code ftp:} fetched by a proxy), what is sent is HTTP. */
    private static String scheme(URL url) {
        return url.getProtocol().equalsIgnoreCase("https") ? "https" : "http";
    }
}
