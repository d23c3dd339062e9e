package io.sallyport.core.verdict;

import io.sallyport.core.hold.Departure;
import io.sallyport.core.hold.HoldLimit;
import io.sallyport.core.hold.HoldRequest;
import io.sallyport.core.hold.HoldRoom;
import io.sallyport.core.hold.Outcome;
import io.sallyport.core.hold.Requester;
import io.sallyport.core.hold.Seat;
import io.sallyport.core.hold.Ticket;
import io.sallyport.core.identity.Identity;
import io.sallyport.core.identity.IdentitySource;
import io.sallyport.core.policy.PolicySnapshot;
import io.sallyport.core.policy.PolicySource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the gate does with a call that waits for people: records that it waits, lets it wait, records how that ended, and decides the
 * call again by the policy that is in force by then. Approvers allow what they were shown; they do not overrule a newer policy.
 */
final class Holds {

    private final HoldRoom room;
    private final PolicySource policies;
    private final IdentitySource identities;
    private final CallRecords records;
    private final StoppedSessions stopped;

    Holds(
            HoldRoom room,
            PolicySource policies,
            IdentitySource identities,
            CallRecords records,
            StoppedSessions stopped) {
        this.stopped = stopped;
        this.room = room;
        this.policies = policies;
        this.identities = identities;
        this.records = records;
    }

    HoldLimit limit() {
        return room.limit();
    }

    /** For a caller that parks. */
    Passage park(Call call, Verdict.Hold asked) throws RefusedException {
        String gone = call.waiter().gaveUp();
        if (gone != null) {
            throw gaveUpBefore(call, asked.request(), gone);
        }
        String circumstances = call.waiter().circumstances(asked.request().patience());
        Verdict.Hold hold = circumstances == null
                ? asked
                : new Verdict.Hold(asked.request().noting(circumstances), asked.obligations());
        Seat seat = enter(call, hold);
        stopped.waits(call.asked().session(), call.waiter());
        try {
            announce(call, seat);
            return conclude(call, hold, seat, seat.await(call.waiter()));
        } finally {
            stopped.left(call.waiter());
            seat.leave("the call failed while it waited");
        }
    }

    /** Nobody is asked about a call whose caller does not wait any more. */
    private RefusedException gaveUpBefore(Call call, HoldRequest request, String why) {
        Refusal refusal = Refusals.unapproved(new Departure.GaveUp(why), request, call.id(), null);
        return deny(call, Refusals.withRule(request.rules(), refusal.rule()), refusal, List.of());
    }

    /** For a call inside another one, which must not wait. */
    Passage refuseNested(Call call, Verdict.Hold hold) throws RefusedException {
        Refusal refusal = Refusals.nestedHold(hold.request(), call.id());
        List<String> rules = Refusals.withRule(call.decision().rules(), Refusals.NESTED_HOLD);
        records.note(call.subject().decision(records.now(), "deny", rules, null, List.of(), refusal.message()));
        throw new RefusedException(refusal);
    }

    /** For a call that people have approved before, under these rules. */
    Passage standing(Call call, Verdict.Hold hold) throws RefusedException {
        Decision decision = call.decision();
        records.require(
                call,
                call.subject()
                        .decision(
                                records.now(),
                                "allow",
                                decision.rules(),
                                decision.wouldHave(),
                                decision.masked(),
                                "approved before"));
        return call.go(call.asked(), hold.obligations(), decision.masked(), false);
    }

    /** For a caller that gets a future; see {@link Suspension}. */
    Passage suspend(Call call, Verdict.Hold hold, Suspension suspension) throws RefusedException {
        Seat seat = enter(call, hold);
        boolean waits = false;
        try {
            announce(call, seat);
            Departure left = seat.departure();
            if (left != null) {
                return conclude(call, hold, seat, left);
            }
            suspension.begin(call, hold, seat);
            waits = true;
            return call;
        } finally {
            if (!waits) {
                seat.leave("the call failed while it waited");
            }
        }
    }

    /** The statement runs, and the commit of its transaction waits in its place. */
    Passage defer(Call call, Verdict.Hold hold) throws RefusedException {
        Requester requester = requester(call, hold);
        Decision decision = call.decision();
        records.require(
                call,
                call.subject()
                        .decision(
                                records.now(),
                                "hold",
                                decision.rules(),
                                decision.wouldHave(),
                                decision.masked(),
                                "runs now; the commit of its transaction waits for approval"));
        call.owes(hold.request().because(requester.reason()));
        return call.go(call.asked(), hold.obligations(), decision.masked(), false);
    }

    /** The caller has left its seat. */
    Passage conclude(Call call, Verdict.Hold hold, Seat seat, Departure how) throws RefusedException {
        Ticket ticket = seat.ticket();
        String ticketId = ticket == null ? null : ticket.id();
        String stop = stopped.why(call.asked().session());
        if (stop != null) {
            Refusal refusal = new Refusal(Refusal.Reason.DENIED, Refusals.SESSION_STOPPED, stop, call.id(), ticketId);
            throw deny(call, List.of(Refusals.SESSION_STOPPED), refusal, List.of());
        }
        if (how instanceof Departure.Decided decided && decided.outcome() instanceof Outcome.Approved approval) {
            return approved(call, hold, seat, approval, ticketId);
        }
        Refusal refusal = Refusals.unapproved(how, hold.request(), call.id(), ticketId);
        boolean refused = how instanceof Departure.Decided d && d.outcome() instanceof Outcome.Refused;
        List<String> persons = refused ? ((Outcome.Refused) ((Departure.Decided) how).outcome()).by() : List.of();
        throw deny(call, Refusals.withRule(hold.request().rules(), refusal.rule()), refusal, persons);
    }

    /** Who asks, and why. Nobody is asked about a call without the reason that its rules demand. */
    private Requester requester(Call call, Verdict.Hold hold) throws RefusedException {
        Requester requester = call.requester(hold.request());
        if (hold.request().requesterReason().required() && requester.reason() == null) {
            Refusal refusal = Refusals.noReason(hold.request(), call.id());
            List<String> rules = Refusals.withRule(call.decision().rules(), refusal.rule());
            records.note(call.subject().decision(records.now(), "deny", rules, null, List.of(), refusal.message()));
            throw new RefusedException(refusal);
        }
        return requester;
    }

    private Seat enter(Call call, Verdict.Hold hold) throws RefusedException {
        Requester requester = requester(call, hold);
        Decision decision = call.decision();
        records.require(
                call,
                call.subject()
                        .decision(
                                records.now(),
                                "hold",
                                decision.rules(),
                                decision.wouldHave(),
                                decision.masked(),
                                requester.reason() == null ? null : "the caller's reason: " + requester.reason()));
        return room.enter(call.asked(), call.identity(), hold.request(), call.id(), requester, context(call));
    }

    private void announce(Call call, Seat seat) throws RefusedException {
        Ticket ticket = seat.ticket();
        if (ticket != null && !seat.byGrant()) {
            records.require(
                    call, call.subject().hold(records.now(), seat.request().rules(), ticket));
        }
    }

    private Passage approved(
            Call call, Verdict.Hold hold, Seat seat, Outcome.Approved approval, @Nullable String ticketId)
            throws RefusedException {
        Verdict verdict = hold;
        if (!seat.byGrant()) {
            decideAgain(call);
            verdict = call.decision().verdict();
        }
        if (verdict instanceof Verdict.Deny deny) {
            Refusal refusal = Refusals.byRule(deny.refusal(), call.id(), ticketId);
            throw deny(call, call.decision().rules(), refusal, approval.by());
        }
        if (verdict instanceof Verdict.Hold now && !covers(call, seat, now.request())) {
            Refusal refusal = Refusals.approvalDoesNotFit(now.request(), call.id(), ticketId);
            throw deny(call, call.decision().rules(), refusal, approval.by());
        }
        records.require(
                call,
                call.subject()
                        .outcome(
                                records.now(),
                                "allow",
                                hold.request().rules(),
                                ticketId,
                                approval.by(),
                                reasonOf(approval)));
        boolean unmask = approval.unmask();
        return call.go(
                verdict.commandFor(call.asked()),
                unmask ? verdict.obligationsOrNone().unmasked() : verdict.obligationsOrNone(),
                unmask ? List.of() : call.decision().masked(),
                false);
    }

    private void decideAgain(Call call) {
        PolicySnapshot policy = policies.current();
        Identity identity = identities.current();
        call.under(policy);
        call.by(identity);
        call.decided(policy.decide(call.asked(), identity, records.now(), call));
    }

    private boolean covers(Call call, Seat seat, HoldRequest now) {
        return seat.request().covers(now)
                && seat.binding().equals(room.binding(call.asked(), call.identity(), call.id(), context(call)));
    }

    /** Calls whose callers get a future have none: their clients know no session. */
    private static String context(Call call) {
        return call.canWait() ? call.waiter().context() : "";
    }

    private RefusedException deny(Call call, List<String> rules, Refusal refusal, List<String> persons) {
        records.note(
                call.subject().outcome(records.now(), "deny", rules, refusal.ticket(), persons, refusal.message()));
        return new RefusedException(refusal);
    }

    private static String reasonOf(Outcome.Approved approval) {
        String reason = Refusals.remark(approval.reason());
        return approval.unmask() ? (reason.isEmpty() ? "unmasked" : reason + " (unmasked)") : reason;
    }
}
