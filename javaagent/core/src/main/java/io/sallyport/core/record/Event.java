package io.sallyport.core.record;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line of the record. Carries no credential, no masked value and no literal of a statement.
 *
 * @param type what happened
 * @param session the connection's or client's session
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
        @Nullable String error) {

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
        CLOSE,
        ALARM
    }
}
