package io.sallyport.core.record;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One line of the record. Carries no credential, no masked value and no literal of a statement.
 *
 * @param type what happened
 * @param session a connection's life, or that of requests to an HTTP service until none was sent for a while
 * @param call identifies a call: its decision, hold and result share it; it is the incident id where the call was refused
 * @param target normalised URL
 * @param summary {@code connect}, {@code delete}, {@code GET /users}
 * @param detail statement shape or request line
 * @param verdict {@code allow}, {@code deny}, {@code hold}, {@code rewrite}; for observe-mode rules the verdict that would have been
 *     given is in {@code wouldHave}
 * @param rules names of the rules that led to the verdict
 * @param rows rows changed or read; -1 where unknown
 * @param masked names of mask rules that apply to the answer
 * @param ticket approval ticket
 * @param persons who approved or refused
 * @param micros duration of the target's part in microseconds; -1 where it does not apply
 * @param tls protocol and cipher of the connection, where known
 * @param error class and SQLState of a failure, or an alarm's text
 * @param values of a statement, where it is decided: bound parameters and literals, in the order in which they stand, as far as they may be
 *     written down; see {@link ValueText}. Of a request, where it ended and at level {@code full} only: the beginning of the body that was sent
 * @param transaction {@code autocommit} or {@code open}; {@code null} where it is not known or there is none
 * @param trace trace id of the caller (W3C Trace Context: 32 hex digits), where one is known
 * @param user the person on whose behalf the caller says it works; claimed by the application and not verified
 * @param bytes of the body that was answered; {@code null} where unknown
 * @param cells how many values each mask rule covered
 * @param sample the first rows, or the beginning of the body, as the caller saw them; at level {@code full} only
 */
public record Event(
        Instant at,
        Type type,
        String session,
        String call,
        String target,
        String summary,
        String detail,
        @Nullable String verdict,
        List<String> rules,
        @Nullable String wouldHave,
        long rows,
        List<String> masked,
        @Nullable String callSite,
        String thread,
        @Nullable String ticket,
        List<String> persons,
        @Nullable String reason,
        long micros,
        @Nullable String tls,
        @Nullable String error,
        @Nullable String values,
        @Nullable String transaction,
        @Nullable String trace,
        @Nullable String user,
        @Nullable Long bytes,
        @Nullable Map<String, Long> cells,
        @Nullable String sample) {

    public static EventBuilder builder(Instant at, Type type) {
        return new EventBuilder(at, type);
    }

    /**
     * Something that concerns no call and somebody should look at.
     *
     * @param detail who raised it; empty: the agent
     * @param what for people
     */
    public static Event alarm(Instant at, String detail, String what) {
        return builder(at, Type.ALARM)
                .summary("alarm")
                .detail(detail)
                .error(what)
                .build();
    }

    /** What an event tells. */
    public enum Type {
        OPEN,
        DECISION,
        HOLD,
        OUTCOME,
        RESULT,
        ERROR,
        /** A transaction, or a part of it, ended, or a savepoint was set; {@code reason} says how much was done, {@code rows} changed. */
        TRANSACTION,
        /** So many calls ({@code rows}) were let through that level {@code decisions} leaves out, since the last such event of the session. */
        COUNT,
        CLOSE,
        ALARM
    }
}
