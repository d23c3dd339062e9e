package io.sallyport.http.urlconnection;

import io.sallyport.core.hold.Waiter;
import io.sallyport.core.mask.BodyMaskPlan;
import io.sallyport.core.verdict.AnswerRules;
import io.sallyport.core.verdict.Passage;
import io.sallyport.core.verdict.RefusedException;
import io.sallyport.http.HttpGate;
import io.sallyport.http.HttpRefusals;
import io.sallyport.http.OutgoingBody;
import io.sallyport.http.OutgoingRequest;
import io.sallyport.http.answer.MaskedAnswer;
import io.sallyport.weaving.StateField;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The call that one connection object makes: what was decided, and what the answer needs. Lives in the connection's state.
 * Thread-safe, though the connection is not.
 *
 * <p>The request of a connection object is fixed once it connects, except that {@code getOutputStream} turns GET into POST and a
 * redirect changes the URL. So a decision holds for a method and URL, and whatever would send another pair is decided anew.
 */
final class UrlCall {

    private final HttpURLConnection connection;
    private final String session = UUID.randomUUID().toString();
    private final Set<String> decided = new HashSet<>();
    private final TruthfulHeaders headers;
    private Map<String, List<String>> requestHeaders = Map.of();
    private BodyMaskPlan plan = BodyMaskPlan.NONE;
    private String method = "";
    private @Nullable Passage running;
    private @Nullable Passage admitted;
    private boolean judged;
    private volatile @Nullable CapturedOutput captured;
    private volatile boolean sending;
    private volatile @Nullable IOException refusedBody;
    private @Nullable RefusedException refusedAnswer;
    private @Nullable MaskedAnswer answer;
    private @Nullable InputStream raw;
    private @Nullable InputStream mask;

    private UrlCall(HttpURLConnection connection) {
        this.connection = connection;
        this.headers = new TruthfulHeaders(connection);
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

    TruthfulHeaders headers() {
        return headers;
    }

    void connect() throws IOException {
        decide(connection.getRequestMethod(), connection.getURL());
    }

    /** @return what the application shall write to, where a rule asks for the body before it is sent */
    @Nullable
    OutputStream output() throws IOException {
        if (captured != null) {
            // Ours, or the connection's own while the captured body is sent.
            return sending ? null : captured;
        }
        String asked = connection.getRequestMethod();
        String sent = asked.equals("GET") ? "POST" : asked;
        URL url = connection.getURL();
        if (connection.getDoOutput()
                && !RevocationCheck.inProgress()
                && HttpGate.current().asksForBody(new OutgoingRequest(sent, uri(url), requestHeaders()))) {
            captured = new CapturedOutput(this);
            return captured;
        }
        decide(sent, url);
        return null;
    }

    /** The connection's own stream for a body that is too long to be looked at. */
    OutputStream outputUnseen() throws IOException {
        return outputSeen(OutgoingBody.UNREADABLE);
    }

    /** The answer is wanted: what was captured is decided and sent. */
    void sendCaptured() throws IOException {
        CapturedOutput output = captured;
        IOException refused = refusedBody;
        if (refused != null) {
            // Getters of header fields ask for the answer again and again.
            throw refused;
        }
        byte[] bytes = output == null || sending ? null : output.taken();
        if (bytes != null) {
            try (OutputStream out = outputSeen(new OutgoingBody() {
                @Override
                protected void produce(OutputStream to) throws IOException {
                    to.write(bytes);
                }
            })) {
                out.write(bytes);
            }
        }
    }

    private OutputStream outputSeen(OutgoingBody body) throws IOException {
        String asked = connection.getRequestMethod();
        try {
            decide(asked.equals("GET") ? "POST" : asked, connection.getURL(), body);
        } catch (IOException refused) {
            refusedBody = refused;
            throw refused;
        }
        sending = true;
        return connection.getOutputStream();
    }

    /** A POST becomes a GET unless a system property says otherwise, so both must be admitted. */
    void redirect(URL location) throws IOException {
        if (!location.getProtocol().equalsIgnoreCase(connection.getURL().getProtocol())) {
            // The connection does not follow to another protocol.
            return;
        }
        String asked = connection.getRequestMethod();
        decide(asked, location);
        if (asked.equals("POST")) {
            decide("GET", location);
        }
    }

    private void decide(String asked, URL url) throws IOException {
        decide(asked, url, null);
    }

    private void decide(String asked, URL url, @Nullable OutgoingBody body) throws IOException {
        String request = asked + ' ' + url;
        if (RevocationCheck.inProgress() || !decided.add(request) && body == null) {
            return;
        }
        ended(null);
        try {
            Passage passage = HttpGate.current()
                    .admit(new OutgoingRequest(asked, uri(url), requestHeaders(), body), session, waiter());
            running = passage;
            admitted = passage;
            judged = false;
            plan = passage.obligations().bodies();
            method = asked;
        } catch (RefusedException refused) {
            decided.remove(request);
            throw refusal(refused);
        }
    }

    private static IOException refusal(RefusedException refused) {
        return HttpRefusals.ofSockets(refused.refusal());
    }

    private Waiter waiter() {
        int limit = connection.getReadTimeout();
        return limit > 0 ? new Waiter(Duration.ofMillis(limit)) : Waiter.unlimited();
    }

    private Map<String, List<String>> requestHeaders() {
        try {
            requestHeaders = OutgoingRequest.lowerCase(connection.getRequestProperties());
        } catch (IllegalStateException connected) {
            // Those of the request before the redirect are sent again.
        }
        return requestHeaders;
    }

    private static URI uri(URL url) throws IOException {
        String host = url.getHost().indexOf(':') >= 0 && !url.getHost().startsWith("[")
                ? "[" + url.getHost() + "]"
                : url.getHost();
        try {
            return new URI(OutgoingRequest.raw(url.getProtocol(), host, url.getPort(), url.getFile()));
        } catch (URISyntaxException e) {
            throw new IOException("Refused by Sallyport: the URL cannot be read, so that no rule can be applied to it");
        }
    }

    /** {@code getInputStream} begins. */
    static Object asked(Object connection) throws IOException {
        UrlCall call = StateField.get(connection, UrlCall.class);
        if (call != null) {
            call.sendCaptured();
        }
        return Inside.enter(connection);
    }

    /** {@code getInputStream} ended. */
    static @Nullable InputStream answered(
            Object connection, Object entered, @Nullable InputStream returned, @Nullable Throwable thrown)
            throws IOException {
        if (entered == Inside.NESTED) {
            return returned;
        }
        try {
            UrlCall call = of(connection);
            // For statuses of 400 and above an answer is reported by an exception; its body is in the error stream.
            IOException refused = call.judge();
            if (refused != null) {
                call.ended(null);
                if (returned != null) {
                    returned.close();
                }
                throw refused;
            }
            boolean failed = thrown != null && !(thrown instanceof FileNotFoundException) && call.status() < 400;
            call.ended(failed ? thrown : null);
            return returned == null ? null : call.mask(returned);
        } finally {
            Inside.exit(entered);
        }
    }

    /** Where a field is that the caller counts among those that stay; like the getter itself, this waits for the answer. */
    int headerPosition(int asked) {
        Object entered = Inside.enter(connection);
        if (entered == Inside.NESTED) {
            return asked;
        }
        try {
            InputStream body = body();
            if (body != null) {
                mask(body);
            }
        } finally {
            Inside.exit(entered);
        }
        return headers.position(asked);
    }

    /** The refusal of an answer with this status; the caller then gets no body by either way. */
    private synchronized @Nullable IOException judge() {
        Passage passage = admitted;
        if (!judged && passage != null && passage.obligations().answers() != AnswerRules.NONE) {
            judged = true;
            try {
                HttpGate.current().answered(passage, status());
            } catch (RefusedException refused) {
                refusedAnswer = refused;
            }
        }
        return refusedAnswer == null ? null : refusal(refusedAnswer);
    }

    private @Nullable InputStream body() {
        try {
            return connection.getInputStream();
        } catch (IOException reportedToTheCallerOfInputStream) {
            return connection.getErrorStream();
        }
    }

    private void ended(@Nullable Throwable failure) {
        Passage ending;
        synchronized (this) {
            ending = running;
            running = null;
        }
        if (ending != null && failure != null) {
            ending.failed(failure);
        } else if (ending != null) {
            ending.completed(-1);
        }
    }

    /** {@code getErrorStream} ended. */
    @Nullable
    InputStream masked(@Nullable InputStream body) {
        if (body == null) {
            return null;
        }
        Object entered = Inside.enter(connection);
        if (entered == Inside.NESTED) {
            return body;
        }
        try {
            IOException refused = judge();
            return refused == null ? mask(body) : new RefusedStream(refused);
        } finally {
            Inside.exit(entered);
        }
    }

    private synchronized InputStream mask(InputStream body) {
        if (plan == BodyMaskPlan.NONE) {
            return body;
        }
        if (body == raw && mask != null) {
            return mask;
        }
        if (answer == null) {
            answer = MaskedAnswer.of(plan, method, status(), connection::getHeaderField, false);
            headers.untrue(answer);
        }
        raw = body;
        mask = answer == null ? body : answer.masker().over(body);
        return mask;
    }

    private int status() {
        try {
            return connection.getResponseCode();
        } catch (IOException none) {
            return -1;
        }
    }

    /**
     * Tells a caller's {@code getInputStream} from one that the connection makes itself, on the way to its answer. JDK types only
     * in the thread's variable, so that it keeps no agent alive.
     */
    static final class Inside {

        static final Object NESTED = new Object();
        private static final Object OUTSIDE = new Object();
        private static final ThreadLocal<@Nullable Object> CONNECTION = new ThreadLocal<>();

        private Inside() {}

        static Object enter(Object connection) {
            Object surrounding = CONNECTION.get();
            if (surrounding == connection) {
                return NESTED;
            }
            CONNECTION.set(connection);
            return surrounding == null ? OUTSIDE : surrounding;
        }

        static void exit(Object entered) {
            if (entered == OUTSIDE) {
                CONNECTION.remove();
            } else {
                CONNECTION.set(entered);
            }
        }
    }
}
