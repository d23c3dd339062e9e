package io.sallyport.http;

import io.sallyport.core.mask.BodyMaskPlan;
import io.sallyport.core.verdict.AnswerRules;
import io.sallyport.core.verdict.Passage;
import io.sallyport.core.verdict.RefusedException;
import io.sallyport.http.answer.MaskedAnswer;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One request of a call that was admitted, and how far it has come: what is known of one request dies with it, so that nothing is left over from
 * the one before. Thread-safe: a request is worked on by one thread after another.
 */
final class AdmittedRequest {

    private static final int SWITCHING_PROTOCOLS = 101;
    private static final int UNAUTHORIZED = 401;

    /** What the first line of a request says: method, and target in the words in which it is sent. */
    private record Line(@Nullable String method, @Nullable String target) {}

    final OutgoingRequest decided;
    final Passage passage;

    /** As it was last seen on its way with the length of its body. */
    private volatile OutgoingRequest asSent;

    private volatile boolean sent;

    /** Of the answer to it; 0 as long as none has come. */
    private volatile int status;

    /** Of a body whose length nobody knew before; -1 otherwise. */
    private volatile long sentLength = -1;

    /** Whether the client has told of the body that it writes. */
    private volatile boolean shown;

    private volatile @Nullable Line line;

    /** @param before of the same call; what that says this one says, too, where it has the same method and URI */
    AdmittedRequest(OutgoingRequest decided, Passage passage, @Nullable AdmittedRequest before) {
        this.decided = decided;
        this.passage = passage;
        this.asSent = decided;
        this.line = before != null && before.decided.sameTarget(decided) ? before.line : null;
    }

    OutgoingRequest asSent() {
        return asSent;
    }

    /** See {@link HttpCall#covers}. */
    boolean covers(OutgoingRequest next) {
        boolean covered = !isSent() && decided.repeatedBy(next) && (next.body() == null || decided.body() != null);
        if (covered && next.length() >= 0) {
            asSent = next;
        }
        return covered;
    }

    boolean isSent() {
        return sent || isAnswered();
    }

    boolean isAnswered() {
        return status >= 200;
    }

    /** Whether an approval stands for the request if it is sent once more, by what has become of it. */
    boolean isApprovedAgain() {
        return Repetition.isApproved(decided.method(), isAnswered() ? status : Repetition.UNANSWERED);
    }

    void sending() {
        sent = true;
    }

    void sent(long length) {
        sentLength = length;
    }

    @Nullable
    SentBody writing(UnaryOperator<@Nullable String> header) {
        shown = true;
        return SentBody.of(passage, header);
    }

    void says(@Nullable String method, @Nullable String target) {
        line = new Line(method, target);
    }

    boolean isTold() {
        return line != null;
    }

    boolean stillSays(@Nullable String method, @Nullable String target) {
        Line told = line;
        return told == null || (Objects.equals(told.method(), method) && Objects.equals(told.target(), target));
    }

    boolean isWithheld() {
        return passage.obligations().bodies() != BodyMaskPlan.NONE
                || passage.obligations().answers() != AnswerRules.NONE;
    }

    boolean isRecorded() {
        return passage.sampledUnder() != null;
    }

    boolean recordsBody() {
        return passage.sentUnder() != null;
    }

    /** See {@link HttpCall#answered}. */
    @Nullable
    MaskedAnswer answered(int code, UnaryOperator<@Nullable String> header, boolean decodes) throws RefusedException {
        status = code;
        HttpGate.current().answered(passage, code);
        boolean masks = passage.obligations().bodies() != BodyMaskPlan.NONE;
        if (code == SWITCHING_PROTOCOLS && masks) {
            HttpGate.current().refuseUnmasked(asSent);
        }
        if (!isAnswered()) {
            return code == SWITCHING_PROTOCOLS || !masks ? null : MaskedAnswer.interim();
        }
        tellBody();
        long length = sentLength < 0 ? asSent.length() : sentLength;
        return MaskedAnswer.of(passage, asSent.method(), length, code, header, decodes);
    }

    /** See {@link HttpCall#followed}. */
    void followed(int code) throws RefusedException {
        HttpGate.current().answered(passage, code);
        completed();
        status = code;
    }

    /** See {@link HttpCall#challenged}. */
    void challenged() {
        completed();
        status = UNAUTHORIZED;
    }

    /** What was answered is recorded by its answer. */
    void completed() {
        if (!isAnswered()) {
            tellBody();
            passage.completed(-1);
        }
    }

    void failed(@Nullable Throwable failure) {
        if (!isAnswered()) {
            tellBody();
            passage.failed(failure);
        }
    }

    /** A body that nobody saw on its way is in the record as such. */
    private void tellBody() {
        if (!shown && (sentLength > 0 || asSent.body() != null || asSent.length() > 0)) {
            SentBody.notKept(passage);
        }
    }
}
