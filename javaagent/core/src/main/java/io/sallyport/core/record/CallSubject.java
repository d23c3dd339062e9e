package io.sallyport.core.record;

import io.sallyport.core.command.Command;
import io.sallyport.core.hold.Ticket;
import io.sallyport.core.mask.detect.Detection;
import io.sallyport.core.record.Event.Type;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What all events of one call say alike, built once per call.
 *
 * @param call the call's id, which is its incident id where it was refused
 */
public record CallSubject(
        String session,
        String call,
        String target,
        String summary,
        String detail,
        @Nullable String callSite,
        String thread,
        Circumstances around) {

    public CallSubject(
            String session,
            String call,
            String target,
            String summary,
            String detail,
            @Nullable String callSite,
            String thread) {
        this(session, call, target, summary, detail, callSite, thread, Circumstances.UNKNOWN);
    }

    /**
     * Describes {@code command}; of its values it says what {@code around} does.
     *
     * @param masked see {@link Detail#of}
     */
    public static CallSubject of(Command command, String call, Detection masked, Circumstances around) {
        return new CallSubject(
                command.session(),
                call,
                Detail.target(command, masked),
                Detail.summary(command, masked),
                Detail.of(command, masked),
                command.caller().callSite(),
                ShownText.of(command.caller().thread()),
                around);
    }

    /** The verdict, written before the call is sent. */
    public Event decision(
            Instant at,
            String verdict,
            List<String> rules,
            @Nullable String wouldHave,
            List<String> masked,
            @Nullable String reason) {
        return event(at, Type.DECISION)
                .verdict(verdict)
                .rules(rules)
                .wouldHave(wouldHave)
                .masked(masked)
                .reason(reason)
                .build();
    }

    /** The call joined a ticket and waits. */
    public Event hold(Instant at, List<String> rules, Ticket ticket) {
        return event(at, Type.HOLD)
                .verdict("hold")
                .rules(rules)
                .ticket(ticket.id())
                .reason(circumstances(ticket))
                .build();
    }

    private static @Nullable String circumstances(Ticket ticket) {
        String entered = ticket.entryPoint() == null ? null : "entered at " + ticket.entryPoint();
        if (ticket.callers() == 1) {
            return entered;
        }
        String callers = ticket.callers() + " callers wait on this ticket";
        return entered == null ? callers : entered + "; " + callers;
    }

    /** The wait ended; {@code verdict} is {@code allow} or {@code deny}. */
    public Event outcome(
            Instant at,
            String verdict,
            List<String> rules,
            @Nullable String ticket,
            List<String> persons,
            @Nullable String reason) {
        return event(at, Type.OUTCOME)
                .verdict(verdict)
                .rules(rules)
                .ticket(ticket)
                .persons(persons)
                .reason(reason)
                .build();
    }

    /** The target answered. */
    public Event result(Instant at, long rows, List<String> masked, long micros) {
        return event(at, Type.RESULT).rows(rows).masked(masked).micros(micros).build();
    }

    /**
     * The target answered, and more is known than how long it took.
     *
     * @param sent see {@link Event#values}
     */
    public Event result(Instant at, Answered answer, List<String> masked, long micros, @Nullable String sent) {
        return event(at, Type.RESULT)
                .rows(answer.rows())
                .masked(masked)
                .reason(answer.facts())
                .micros(micros)
                .tls(answer.tls())
                .bytes(answer.bytes())
                .cells(answer.cells())
                .sample(answer.sample())
                .values(sent)
                .build();
    }

    /** The target, the driver or the client failed. */
    public Event error(Instant at, long micros, String error, @Nullable String sent) {
        return event(at, Type.ERROR).micros(micros).error(error).values(sent).build();
    }

    /** A connection was opened; {@code tls} says what its socket is. */
    public Event open(
            Instant at,
            String verdict,
            List<String> rules,
            @Nullable String wouldHave,
            @Nullable String reason,
            String tls) {
        return event(at, Type.OPEN)
                .verdict(verdict)
                .rules(rules)
                .wouldHave(wouldHave)
                .reason(reason)
                .tls(tls)
                .build();
    }

    /** Something about this call that a person should look at. */
    public Event alarm(Instant at, List<String> rules, String what) {
        return event(at, Type.ALARM).rules(rules).error(what).build();
    }

    /** A statement's values are said once, where it is decided or waits. */
    private EventBuilder event(Instant at, Type type) {
        return Event.builder(at, type)
                .session(session)
                .call(call)
                .target(target)
                .summary(summary)
                .detail(detail)
                .callSite(callSite)
                .thread(thread)
                .values(type == Type.DECISION || type == Type.HOLD ? around.values() : null)
                .transaction(around.transaction())
                .trace(around.trace())
                .user(around.user());
    }
}
