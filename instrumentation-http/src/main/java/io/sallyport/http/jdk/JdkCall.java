package io.sallyport.http.jdk;

import io.sallyport.core.verdict.Passage;
import io.sallyport.core.verdict.RefusedException;
import io.sallyport.http.HttpCall;
import io.sallyport.http.HttpGate;
import io.sallyport.http.OutgoingRequest;
import io.sallyport.weaving.StateField;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One call. The client's request objects carry it from one redirect to the next; its requests follow each other, on any thread. */
final class JdkCall {

    private static final Set<String> CREDENTIALS = Set.of("authorization", "proxy-authorization");

    final HttpCall requests = new HttpCall();
    private final Asked asked;

    /** The latest that was admitted, with the fields and the body of which it has been made. */
    private volatile HttpRequest latest;

    /** Of the answer to it, as soon as its head is there; 0 before. */
    private volatile int status;

    /** The client's own object of it; {@code null} before there is one. */
    private volatile @Nullable HttpRequest current;

    /** Credentials that the client's {@code Authenticator} gave for the current request, by names in lower case. */
    private volatile Map<String, List<String>> added = Map.of();

    /** Whether they came after it was decided. */
    private volatile boolean undecided;

    JdkCall(Asked asked, HttpRequest request, OutgoingRequest decided, Passage passage) {
        this.asked = asked;
        this.latest = request;
        requests.admitted(decided, passage);
        requests.sent(length(request));
    }

    HttpRequest latest() {
        return latest;
    }

    Asked asked() {
        return asked;
    }

    /** The call that a request object of the client belongs to. */
    static @Nullable JdkCall of(HttpRequest request) {
        return StateField.get(request, JdkCall.class);
    }

    /** {@code request} is the client's own object, by which the next one is told to belong to this call. */
    void goesOnWith(HttpRequest request) {
        StateField.set(request, this);
        if (request != current) {
            added = Map.of();
            undecided = false;
        }
        current = request;
    }

    /** The client adds a field by itself to its own object of a request. */
    void adds(HttpRequest request, String name, String value) {
        String field = name.toLowerCase(Locale.ROOT);
        if (request == current && CREDENTIALS.contains(field)) {
            Map<String, List<String>> all = new TreeMap<>(added);
            all.put(field, List.of(value));
            added = all;
            undecided = true;
        }
    }

    /** Decides the current request with the credentials that it has got since it was decided, and has not been sent without. It cannot wait. */
    void decideCredentials() throws RefusedException {
        if (undecided) {
            undecided = false;
            requests.adds(added);
        }
    }

    /** Asked for once more, after the call went on to another request, the head of an answer tells nothing new. */
    void answeredWith(HttpRequest request, int head) {
        if (request == current && head >= 200) {
            status = head;
        }
    }

    /**
     * Decides what the client is about to send after the latest request: the same once more, since its connection died or credentials were asked
     * for, or another, since an answer led elsewhere. It cannot wait. That answer is one, too.
     */
    void goesOn(HttpRequest next, OutgoingRequest outgoing) throws RefusedException {
        if (status != 0) {
            requests.followed(status);
        }
        requests.decide(outgoing.adding(next == current ? added : Map.of()), HttpGate.current()::follow);
        requests.sent(length(next));
        latest = next;
        status = 0;
        undecided = false;
        goesOnWith(next);
    }

    /** Of a request's body; -1 where unknown. */
    private static long length(HttpRequest request) {
        return request.bodyPublisher()
                .map(HttpRequest.BodyPublisher::contentLength)
                .orElse(-1L);
    }
}
