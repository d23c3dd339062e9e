package io.sallyport.http;

import io.sallyport.core.verdict.Passage;
import io.sallyport.core.verdict.RefusedException;
import io.sallyport.http.answer.MaskedAnswer;
import java.net.Socket;
import java.util.List;
import java.util.Map;
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

    private volatile @Nullable AdmittedRequest latest;

    /** The request was decided before the client began to work on it. */
    public void admitted(OutgoingRequest decided, Passage granted) {
        HttpGate.current().mayConnect(decided, granted.command());
        latest = new AdmittedRequest(decided, granted, latest);
    }

    /** Whether {@code next} is the admitted request, which has not been sent. A body that was not known then makes it another. */
    public boolean covers(OutgoingRequest next) {
        AdmittedRequest admitted = latest;
        return admitted != null && admitted.covers(next);
    }

    /**
     * The body of the admitted request is about to be written.
     *
     * @param header value of a field of the request as it is sent, by its name in lower case, or {@code null}
     * @return what each piece is to be shown to; {@code null} where bodies are not recorded
     */
    public @Nullable SentBody writing(UnaryOperator<@Nullable String> header) {
        AdmittedRequest admitted = latest;
        return admitted == null ? null : admitted.writing(header);
    }

    /**
     * What the first line of the admitted request says, of clients that run the application's code between the decision and the writing. It is
     * forgotten when the call goes on to another method or URI.
     *
     * @param named the request's target, in the words in which it is sent; {@code null} where it has none
     */
    public void says(@Nullable String spoken, @Nullable String named) {
        AdmittedRequest admitted = latest;
        if (admitted != null) {
            admitted.says(spoken, named);
        }
    }

    /** Whether somebody has told. */
    public boolean isTold() {
        AdmittedRequest admitted = latest;
        return admitted != null && admitted.isTold();
    }

    /** Whether it says so still, or nobody has told what it says. */
    public boolean stillSays(@Nullable String spoken, @Nullable String named) {
        AdmittedRequest admitted = latest;
        return admitted == null || admitted.stillSays(spoken, named);
    }

    /** Whether a rule masks the body of the answer, or may refuse it, so that nobody keeps it as it came. */
    public boolean isWithheld() {
        AdmittedRequest admitted = latest;
        return admitted != null && admitted.isWithheld();
    }

    /** Whether nothing has to be done to the answer, and no record is made of its body. */
    public boolean isFree() {
        AdmittedRequest admitted = latest;
        return admitted != null && !admitted.isWithheld() && !admitted.isRecorded();
    }

    /** Whether bodies are recorded. */
    public boolean recordsBody() {
        AdmittedRequest admitted = latest;
        return admitted != null && admitted.recordsBody();
    }

    /** The body of the admitted request is on its way, and has this length; negative where it is still not known. */
    public void sent(long length) {
        AdmittedRequest admitted = latest;
        if (admitted != null) {
            admitted.sent(length);
        }
    }

    /**
     * The admitted request is about to be written: once it is asked for again, it is sent a second time. Every client that may do so without a
     * call of its own says this for each.
     */
    public void sending() {
        AdmittedRequest admitted = latest;
        if (admitted != null) {
            admitted.sending();
        }
    }

    /**
     * The same for clients that tell the socket as well ({@link OutgoingRequest#bySocket}).
     *
     * @param socket {@code null} where the client's connection is of a kind that tells none
     */
    public void sendingBy(@Nullable Socket socket) throws RefusedException {
        AdmittedRequest written = latest;
        if (written != null) {
            HttpGate.current().sending(written.asSent().uri(), socket);
        }
        sending();
    }

    /** The admitted request goes to an HTTP proxy, which is known only now: see {@link OutgoingRequest#through}. */
    public void goesThrough(String host, int port) throws RefusedException {
        AdmittedRequest direct = latest;
        if (direct != null) {
            decide(direct.asSent().through(host, port), HttpGate.current()::follow);
        }
    }

    /** Refuses the admitted request, which is being written: see {@link Framing#refuse}. */
    public void refuseFraming() throws RefusedException {
        AdmittedRequest written = latest;
        if (written != null) {
            Framing.refuse(written.asSent());
        }
    }

    /** Whether a request was decided. */
    public boolean isAdmitted() {
        return latest != null;
    }

    /** Whether the admitted request may have reached its server. */
    public boolean isSent() {
        AdmittedRequest admitted = latest;
        return admitted != null && admitted.isSent();
    }

    /** Whether the head of the admitted request's answer has come. */
    public boolean isAnswered() {
        AdmittedRequest admitted = latest;
        return admitted != null && admitted.isAnswered();
    }

    /** Is asked before anything of {@code next} is sent, as often as the client likes. */
    public void decide(OutgoingRequest next, Admission admission) throws RefusedException {
        if (covers(next)) {
            return;
        }
        OutgoingRequest asked = whole(next);
        AdmittedRequest before = stillApproved(asked);
        if (before != null) {
            admitted(asked, HttpGate.current().again(asked, before.passage, before.isSent()));
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
        AdmittedRequest before = stillApproved(asked);
        CompletableFuture<Passage> admission = before != null
                ? HttpGate.current().againAsync(asked, before.passage, before.isSent())
                : HttpGate.current().admitAsync(asked);
        if (!admission.isDone() || admission.isCompletedExceptionally()) {
            return admission;
        }
        admitted(asked, admission.join());
        return null;
    }

    /** A request that is repeated has the body that rules saw, which its client does not show a second time. */
    private OutgoingRequest whole(OutgoingRequest next) {
        AdmittedRequest before = latest;
        return before != null && before.isSent() && next.body() == null && before.decided.sameTarget(next)
                ? next.with(before.decided.body())
                : next;
    }

    /**
     * What was sent before {@code next} is over.
     *
     * @return that, if its approval stands for {@code next} as well; {@code null} where people have to be asked anew, if a rule asks them
     */
    private @Nullable AdmittedRequest stillApproved(OutgoingRequest next) {
        AdmittedRequest before = latest;
        if (before == null) {
            return null;
        }
        if (!before.decided.sameTarget(next)) {
            before.completed();
            return null;
        }
        if (!before.isSent()) {
            return before;
        }
        // Nobody saw an answer: its connection died, or its client gave it up.
        before.failed(null);
        return before.isApprovedAgain() ? before : null;
    }

    /**
     * All header fields of the admitted request are known, which the client set after the decision.
     *
     * @param each see {@link OutgoingRequest#of}
     * @return the request with them
     */
    public OutgoingRequest withFields(Consumer<BiConsumer<String, String>> each) throws RefusedException {
        OutgoingRequest decided = demanded("a request is sent that nobody decided").decided;
        OutgoingRequest whole = OutgoingRequest.of(decided.method(), decided.uri(), each);
        decide(whole, HttpGate.current()::follow);
        return whole;
    }

    /** The client adds these fields to the admitted request, which has not been sent; it cannot wait. Names in lower case. */
    public void adds(Map<String, List<String>> fields) throws RefusedException {
        decide(demanded("a request is sent that nobody decided").asSent().adding(fields), HttpGate.current()::follow);
    }

    /** The admitted request is sent again with other fields, now; it cannot wait. */
    public void repeated(Consumer<BiConsumer<String, String>> each) throws RefusedException {
        AdmittedRequest before = latest;
        if (before != null) {
            decide(before.asSent().withFields(each), HttpGate.current()::follow);
        }
    }

    /** An answer came that asked for credentials, and nobody sees it. */
    public void challenged() {
        AdmittedRequest admitted = latest;
        if (admitted != null) {
            admitted.challenged();
        }
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
        return demanded("an answer came to a request that nobody decided").answered(status, header, decodes);
    }

    private AdmittedRequest demanded(String otherwise) {
        AdmittedRequest admitted = latest;
        if (admitted == null) {
            throw new IllegalStateException(otherwise);
        }
        return admitted;
    }

    /** An answer came that the client acts on by itself, so that nobody sees it: see {@link HttpGate#answered}. */
    public void followed(int status) throws RefusedException {
        AdmittedRequest admitted = latest;
        if (admitted != null) {
            admitted.followed(status);
        }
    }

    /** A handshake is over, whose answer is not a body: {@code null} when it succeeded. */
    public void ended(@Nullable Throwable failure) {
        AdmittedRequest admitted = latest;
        if (failure != null) {
            failed(failure);
        } else if (admitted != null) {
            admitted.completed();
        }
    }

    /** The request could not be sent, or no answer came. A repetition of it is still covered if it was not sent. */
    public void failed(@Nullable Throwable failure) {
        AdmittedRequest admitted = latest;
        if (admitted != null) {
            admitted.failed(failure);
        }
    }
}
