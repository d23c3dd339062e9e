package io.sallyport.http;

import io.sallyport.core.mask.BodyMaskPlan;
import io.sallyport.core.verdict.AnswerRules;
import io.sallyport.core.verdict.Passage;
import io.sallyport.core.verdict.RefusedException;
import io.sallyport.http.answer.MaskedAnswer;
import java.net.Socket;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One call of an application, which its client may turn into several requests: redirects, retries, rounds of authentication. What
 * repeats the admitted request before it was sent is that request still; anything else is decided anew, where an approval stands for
 * the same method and URI if nothing has come of it before ({@link Repetition}).
 *
 * <p>Lives in the state of the object by which the client knows the call. The requests of a call follow each other, on any thread.
 */
public final class HttpCall {

    /** How a request of this call is decided: parked, or without waiting; see {@link HttpGate}. */
    @FunctionalInterface
    public interface Admission {
        Passage of(OutgoingRequest request) throws RefusedException;
    }

    private static final int SWITCHING_PROTOCOLS = 101;
    private static final int UNAUTHORIZED = 401;

    private volatile @Nullable OutgoingRequest request;
    /** The admitted request, as it was last seen on its way with the length of its body. */
    private volatile @Nullable OutgoingRequest asSent;

    private volatile @Nullable Passage passage;

    /** Whether the client has begun to write the admitted request, so that its server may have it. */
    private volatile boolean sent;

    /** Of the answer to it; 0 as long as none has come. */
    private volatile int status;

    /** Of a body whose length nobody knew before; -1 otherwise. */
    private volatile long sentLength = -1;

    /** Whether the client has told of the body that it writes. */
    private volatile boolean shown;

    private volatile @Nullable String method;
    private volatile @Nullable String target;

    /** The request was decided before the client began to work on it. */
    public void admitted(OutgoingRequest decided, Passage granted) {
        HttpGate.current().mayConnect(granted.command());
        request = decided;
        asSent = decided;
        passage = granted;
        sent = false;
        status = 0;
        sentLength = -1;
        shown = false;
    }

    /** Whether {@code next} is the admitted request, which has not been sent. A body that was not known then makes it another. */
    public boolean covers(OutgoingRequest next) {
        OutgoingRequest decided = request;
        boolean covered = decided != null
                && !isSent()
                && decided.repeatedBy(next)
                && (next.body() == null || decided.body() != null);
        if (covered && next.length() >= 0) {
            asSent = next;
        }
        return covered;
    }

    /**
     * The body of the admitted request is about to be written.
     *
     * @param header value of a field of the request as it is sent, by its name in lower case, or {@code null}
     * @return what each piece is to be shown to; {@code null} where bodies are not recorded
     */
    public @Nullable SentBody writing(UnaryOperator<@Nullable String> header) {
        Passage granted = passage;
        shown = true;
        return granted == null ? null : SentBody.of(granted, header);
    }

    /**
     * What the first line of the admitted request says, of clients that run the application's code between the decision and the writing.
     *
     * @param named the request's target, in the words in which it is sent; {@code null} where it has none
     */
    public void says(@Nullable String spoken, @Nullable String named) {
        method = spoken;
        target = named;
    }

    /** Whether somebody has told. */
    public boolean isTold() {
        return method != null;
    }

    /** Whether it says so still, or nobody has told what it says. */
    public boolean stillSays(@Nullable String spoken, @Nullable String named) {
        return method == null || (Objects.equals(method, spoken) && Objects.equals(target, named));
    }

    /** Whether a rule masks the body of the answer, or may refuse it, so that nobody keeps it as it came. */
    public boolean isWithheld() {
        Passage granted = passage;
        return granted != null
                && (granted.obligations().bodies() != BodyMaskPlan.NONE
                        || granted.obligations().answers() != AnswerRules.NONE);
    }

    /** Whether bodies are recorded. */
    public boolean recordsBody() {
        Passage granted = passage;
        return granted != null && granted.sentUnder() != null;
    }

    /** The body of the admitted request is on its way, and has this length; negative where it is still not known. */
    public void sent(long length) {
        sentLength = length;
    }

    /**
     * The admitted request is about to be written: once it is asked for again, it is sent a second time. Every client that may do so without a
     * call of its own says this for each.
     */
    public void sending() {
        sent = true;
    }

    /**
     * The same for clients that tell the socket as well ({@link OutgoingRequest#bySocket}).
     *
     * @param socket {@code null} where the client's connection is of a kind that tells none
     */
    public void sendingBy(@Nullable Socket socket) throws RefusedException {
        OutgoingRequest written = asSent;
        if (written != null) {
            HttpGate.current().sending(written.uri(), socket);
        }
        sending();
    }

    /** The admitted request goes to an HTTP proxy, which is known only now: see {@link OutgoingRequest#through}. */
    public void goesThrough(String host, int port) throws RefusedException {
        OutgoingRequest direct = asSent;
        if (direct != null) {
            decide(direct.through(host, port), HttpGate.current()::follow);
        }
    }

    /** Whether a request was decided. */
    public boolean isAdmitted() {
        return request != null;
    }

    /** Whether the admitted request may have reached its server. */
    public boolean isSent() {
        return sent || isAnswered();
    }

    /** Whether the head of the admitted request's answer has come. */
    public boolean isAnswered() {
        return status >= 200;
    }

    /** Is asked before anything of {@code next} is sent, as often as the client likes. */
    public void decide(OutgoingRequest next, Admission admission) throws RefusedException {
        if (covers(next)) {
            return;
        }
        OutgoingRequest asked = whole(next);
        Passage before = stillApproved(asked);
        if (before != null) {
            admitted(asked, HttpGate.current().again(asked, before, isSent()));
        } else {
            admitted(asked, admission.of(asked));
        }
    }

    /**
     * The same for clients whose requests wait without a thread. What is returned is pending, or failed with the refusal; once it is
     * granted, the client calls {@link #admitted}.
     *
     * @return {@code null} when the request may be sent now
     */
    public @Nullable CompletableFuture<Passage> ask(OutgoingRequest next) {
        if (covers(next)) {
            return null;
        }
        OutgoingRequest asked = whole(next);
        Passage before = stillApproved(asked);
        CompletableFuture<Passage> admission = before != null
                ? HttpGate.current().againAsync(asked, before, isSent())
                : HttpGate.current().admitAsync(asked);
        if (!admission.isDone() || admission.isCompletedExceptionally()) {
            return admission;
        }
        admitted(asked, admission.join());
        return null;
    }

    /** A request that is repeated has the body that rules saw, which its client does not show a second time. */
    private OutgoingRequest whole(OutgoingRequest next) {
        OutgoingRequest before = request;
        return before != null && isSent() && next.body() == null && before.sameTarget(next)
                ? next.with(before.body())
                : next;
    }

    /**
     * What was sent before {@code next} is over.
     *
     * @return the passage whose approval stands for {@code next} as well; {@code null} where people have to be asked anew, if a rule asks them
     */
    private @Nullable Passage stillApproved(OutgoingRequest next) {
        OutgoingRequest before = request;
        Passage granted = passage;
        if (before == null || granted == null) {
            return null;
        }
        boolean same = before.sameTarget(next);
        if (same && !isSent()) {
            return granted;
        }
        if (same) {
            // Nobody saw an answer: its connection died, or its client gave it up.
            failed(null);
        } else {
            completed();
        }
        return same && Repetition.isApproved(before.method(), isAnswered() ? status : Repetition.UNANSWERED)
                ? granted
                : null;
    }

    /**
     * All header fields of the admitted request are known, which the client set after the decision.
     *
     * @param each see {@link OutgoingRequest#of}
     * @return the request with them
     */
    public OutgoingRequest withFields(Consumer<BiConsumer<String, String>> each) throws RefusedException {
        OutgoingRequest decided = request;
        if (decided == null) {
            throw new IllegalStateException("a request is sent that nobody decided");
        }
        OutgoingRequest whole = OutgoingRequest.of(decided.method(), decided.uri(), each);
        decide(whole, HttpGate.current()::follow);
        return whole;
    }

    /** The admitted request is sent again with other fields, now; it cannot wait. */
    public void repeated(Consumer<BiConsumer<String, String>> each) throws RefusedException {
        OutgoingRequest before = asSent;
        if (before != null) {
            decide(before.withFields(each), HttpGate.current()::follow);
        }
    }

    /** An answer came that asked for credentials, and nobody sees it. */
    public void challenged() {
        completed();
        status = UNAUTHORIZED;
    }

    /**
     * The status of an answer is known; see {@link HttpGate#answered}.
     *
     * @param header as {@link MaskedAnswer#of} asks for it
     * @param decodes whether the client decodes {@code Content-Encoding} before it shows us the body
     * @return {@code null} when the answer passes untouched
     */
    public @Nullable MaskedAnswer answered(int status, UnaryOperator<@Nullable String> header, boolean decodes)
            throws RefusedException {
        Passage granted = passage;
        OutgoingRequest asked = asSent;
        if (granted == null || asked == null) {
            throw new IllegalStateException("an answer came to a request that nobody decided");
        }
        this.status = status;
        HttpGate.current().answered(granted, status);
        if (status == SWITCHING_PROTOCOLS && granted.obligations().bodies() != BodyMaskPlan.NONE) {
            HttpGate.current().refuseUnmasked(asked);
        }
        if (!isAnswered()) {
            return status == SWITCHING_PROTOCOLS || granted.obligations().bodies() == BodyMaskPlan.NONE
                    ? null
                    : MaskedAnswer.interim();
        }
        tellBody(granted);
        long length = sentLength < 0 ? asked.length() : sentLength;
        return MaskedAnswer.of(granted, asked.method(), length, status, header, decodes);
    }

    /** An answer came that the client acts on by itself, so that nobody sees it: see {@link HttpGate#answered}. */
    public void followed(int status) throws RefusedException {
        Passage granted = passage;
        if (granted != null) {
            HttpGate.current().answered(granted, status);
            completed();
            this.status = status;
        }
    }

    /** The next request of the call begins. What was answered is recorded by its answer. */
    private void completed() {
        Passage granted = passage;
        if (granted != null && !isAnswered()) {
            tellBody(granted);
            granted.completed(-1);
        }
    }

    /** A body that nobody saw on its way is in the record as such. */
    private void tellBody(Passage granted) {
        OutgoingRequest written = asSent;
        if (!shown && written != null && (sentLength > 0 || written.body() != null || written.length() > 0)) {
            SentBody.notKept(granted);
        }
    }

    /** A handshake is over, whose answer is not a body: {@code null} when it succeeded. */
    public void ended(@Nullable Throwable failure) {
        if (failure == null) {
            completed();
        } else {
            failed(failure);
        }
    }

    /** The request could not be sent, or no answer came. A repetition of it is still covered if it was not sent. */
    public void failed(@Nullable Throwable failure) {
        Passage granted = passage;
        if (granted != null && !isAnswered()) {
            tellBody(granted);
            granted.failed(failure);
        }
    }
}
