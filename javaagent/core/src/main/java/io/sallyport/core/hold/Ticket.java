package io.sallyport.core.hold;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One request for approval, as it is shown to approvers. Carries no value that a mask or record rule hides.
 *
 * @param id unique; opaque to people
 * @param binding SHA-256 over target, exact statement or request, and parameters: what was approved is what runs
 * @param target normalised URL of the target
 * @param summary {@code delete}, {@code DELETE /api/v1/…}
 * @param detail the statement's shape, or the request line; literals are left out
 * @param callSite where in the code the call is made
 * @param entryPoint where its thread came into the application: a servlet, a job, {@code main}
 * @param callers number of equal calls that wait on this ticket
 * @param openTransaction whether the caller has a transaction open
 * @param hours when approvers may decide, see {@link HoldRequest#hours}
 * @param requester for whom the call is made, and why
 * @param eachOf whether somebody of each of {@code anyOf} has to approve, every time another person
 */
public record Ticket(
        String id,
        String binding,
        String target,
        String summary,
        String detail,
        @Nullable String callSite,
        @Nullable String entryPoint,
        String thread,
        int callers,
        boolean openTransaction,
        Instant created,
        Instant expires,
        List<String> rules,
        List<String> anyOf,
        int required,
        boolean reasonRequired,
        String message,
        List<ApproverHours> hours,
        Requester requester,
        boolean eachOf) {

    @SuppressWarnings("RedundantNullCheck") // An agent that knows none of them sends none.
    public Ticket {
        hours = hours == null ? List.of() : List.copyOf(hours);
        requester = requester == null ? Requester.UNKNOWN : requester;
    }

    /** @param created when the call began to wait */
    public static TicketBuilder builder(String id, String binding, Instant created) {
        return new TicketBuilder(id, binding, created);
    }

    /** For one that differs from this one in something. */
    public TicketBuilder toBuilder() {
        return new TicketBuilder(this);
    }
}
