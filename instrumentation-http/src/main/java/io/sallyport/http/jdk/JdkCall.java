package io.sallyport.http.jdk;

import io.sallyport.core.mask.BodyMaskPlan;
import io.sallyport.core.verdict.AnswerRules;
import io.sallyport.core.verdict.Passage;
import io.sallyport.core.verdict.RefusedException;
import io.sallyport.http.HttpGate;
import io.sallyport.http.OutgoingRequest;
import io.sallyport.weaving.StateField;
import java.net.http.HttpRequest;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One call, and which of its requests was decided last: that one's obligations are what its answer is under. The client's request objects
 * carry it from one redirect to the next. Its requests follow each other, on any thread.
 */
final class JdkCall {

    /**
     * A request that was admitted.
     *
     * @param method in upper case
     * @param sent length of its body; -1 where unknown
     */
    record Hop(HttpRequest request, String method, long sent, Passage passage) {

        private static Hop of(HttpRequest request, Passage passage) {
            return new Hop(request, request.method().toUpperCase(Locale.ROOT), length(request), passage);
        }

        /** Whether nothing has to be done to the answer. */
        boolean isFree() {
            return passage.obligations().bodies() == BodyMaskPlan.NONE
                    && passage.obligations().answers() == AnswerRules.NONE
                    && passage.sampledUnder() == null;
        }
    }

    private final Asked asked;
    private volatile Hop latest;
    /** Of the answer to it, as soon as its head is there; 0 before. */
    private volatile int status;

    /** Whether the client has begun to write it. */
    private volatile boolean sent;

    /** The client's own object of it; {@code null} before there is one. */
    private volatile @Nullable HttpRequest current;

    JdkCall(Asked asked, HttpRequest request, Passage passage) {
        this.asked = asked;
        this.latest = Hop.of(request, passage);
    }

    Hop latest() {
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
        current = request;
    }

    /** Asked for once more, after the call went on to another request, the head of an answer tells nothing new. */
    void answeredWith(HttpRequest request, int head) {
        if (request == current && head >= 200) {
            status = head;
        }
    }

    /** The client has a connection, and begins to write the head of the latest request. */
    void sending() {
        sent = true;
    }

    /**
     * Whether the client is about to send the latest request once more: its connection died, or credentials were asked for; {@link #goesOn}
     * decides it then.
     */
    boolean isSent() {
        return sent;
    }

    /** Decides what is sent once more. */
    void goesOn(HttpRequest next, OutgoingRequest outgoing) throws RefusedException {
        Passage before = latest.passage();
        if (status == 0) {
            before.failed(null);
        } else {
            HttpGate.current().answered(before, status);
            before.completed(-1);
        }
        begins(next, HttpGate.current().repeat(outgoing, before, status));
    }

    private void begins(HttpRequest next, Passage passage) {
        latest = Hop.of(next, passage);
        status = 0;
        sent = false;
        goesOnWith(next);
    }

    /** Decides what the client is about to send since an answer sent it elsewhere, which is an answer too. */
    void redirected(HttpRequest next, OutgoingRequest outgoing) throws RefusedException {
        HttpGate.current().answered(latest.passage(), status);
        Passage passage = HttpGate.current().follow(outgoing);
        latest.passage().completed(-1);
        begins(next, passage);
    }

    /** Of a request's body; -1 where unknown. */
    private static long length(HttpRequest request) {
        return request.bodyPublisher()
                .map(HttpRequest.BodyPublisher::contentLength)
                .orElse(-1L);
    }
}
