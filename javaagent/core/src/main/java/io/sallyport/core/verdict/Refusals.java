package io.sallyport.core.verdict;

import io.sallyport.core.hold.Departure;
import io.sallyport.core.hold.HoldRequest;
import io.sallyport.core.hold.Outcome;
import io.sallyport.core.verdict.Refusal.Reason;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The words of every refusal that no rule brings along. A caller reads what happened and what to do; what the call was, it knows
 * itself, so neither SQL nor a value occurs here.
 */
final class Refusals {

    static final String HOLD_LIMIT = "hold-limit";
    static final String NESTED_HOLD = "nested-hold";
    static final String REQUESTER_REASON = "requester-reason";
    static final String SPOOL_FULL = "spool-full";
    static final String SESSION_STOPPED = "session-stopped";
    static final String INTERNAL = "internal-error";
    static final String SHUTDOWN = "shutdown";
    static final String TLS = "tls";

    private static final int LONGEST_REMARK = 300;

    private Refusals() {}

    /** A rule's own refusal under the call's incident id, which the rule cannot know. */
    static Refusal byRule(Refusal refusal, String incident, @Nullable String ticket) {
        return new Refusal(refusal.reason(), refusal.rule(), refusal.message(), incident, ticket);
    }

    /** The caller left the hold room without an approval. */
    static Refusal unapproved(Departure how, HoldRequest request, String incident, @Nullable String ticket) {
        String rule = String.join(",", request.rules());
        if (how instanceof Departure.StillWaiting) {
            return new Refusal(
                    Reason.STILL_WAITING,
                    rule,
                    "the call still waits for approval; once the ticket is approved, repeat the same call",
                    incident,
                    ticket);
        }
        if (how instanceof Departure.GaveUp gaveUp) {
            String message = "the call was withdrawn while it waited for approval: " + remark(gaveUp.why());
            return new Refusal(Reason.WITHDRAWN, rule, message, incident, ticket);
        }
        if (how instanceof Departure.Surplus surplus) {
            String message = "the call needs approval, and " + surplus.allowed()
                    + " calls to the same target wait already, which is as many as it can bear; try again later";
            return new Refusal(Reason.DENIED, HOLD_LIMIT, message, incident, ticket);
        }
        if (how instanceof Departure.Closed) {
            String message = "the call needs approval and the workload is shutting down";
            return new Refusal(Reason.FAILED, SHUTDOWN, message, incident, ticket);
        }
        return undecided(((Departure.Decided) how).outcome(), request, rule, incident, ticket);
    }

    private static Refusal undecided(
            Outcome outcome, HoldRequest request, String rule, String incident, @Nullable String ticket) {
        if (outcome instanceof Outcome.Refused refused) {
            String why = refused.reason().isBlank() ? "" : ": " + remark(refused.reason());
            return new Refusal(Reason.NOT_APPROVED, rule, "an approver refused the call" + why, incident, ticket);
        }
        if (outcome instanceof Outcome.Unreachable unreachable) {
            String message =
                    "the call needs approval and no control plane is reachable (" + remark(unreachable.why()) + ")";
            return new Refusal(Reason.DENIED, rule, message, incident, ticket);
        }
        String tail = request.message().isBlank() ? "" : ": " + request.message();
        return new Refusal(Reason.EXPIRED, rule, "nobody approved the call in time" + tail, incident, ticket);
    }

    /** The policy changed under a waiting call, or the call itself did. */
    static Refusal approvalDoesNotFit(HoldRequest now, String incident, @Nullable String ticket) {
        String message =
                "the approval does not cover the call any more, because the policy, the identity, a parameter or"
                        + " where its session looks for names changed while it waited; repeat the call to ask again";
        return new Refusal(Reason.DENIED, String.join(",", now.rules()), message, incident, ticket);
    }

    /** A rule wants to be told why the call is made, and nobody said so. */
    static Refusal noReason(HoldRequest request, String incident) {
        String message = "the call needs approval (" + String.join(",", request.rules())
                + ") and a reason for it, and none is given; put one of at most 200 characters as sallyport.reason into the logging"
                + " context (SLF4J's MDC) of the thread that makes the call, or start the process with the agent option reason";
        return new Refusal(Reason.DENIED, REQUESTER_REASON, message, incident, null);
    }

    static Refusal nestedHold(HoldRequest request, String incident) {
        String message = "the call needs approval (" + String.join(",", request.rules())
                + ") and is made inside another call, where it cannot wait; make it on its own";
        return new Refusal(Reason.DENIED, NESTED_HOLD, message, incident, null);
    }

    static Refusal spoolFull(String incident, @Nullable String ticket) {
        String message =
                "the call could not be recorded and the policy refuses calls without a record; free the agent's spool"
                        + " directory, restore the control plane, or set record.onFull: drop";
        return new Refusal(Reason.FAILED, SPOOL_FULL, message, incident, ticket);
    }

    static Refusal failed(String incident) {
        String message =
                "the call could not be decided because of an internal error, and the policy fails closed; report the"
                        + " incident id to those who run Sallyport";
        return new Refusal(Reason.FAILED, INTERNAL, message, incident, null);
    }

    static Refusal tls(String complaint, String incident) {
        return new Refusal(Reason.TLS, TLS, complaint, incident, null);
    }

    /** Names for the record: what led to the hold, and the built-in check that ended it. */
    static List<String> withRule(List<String> rules, String check) {
        if (rules.contains(check) || String.join(",", rules).equals(check)) {
            return rules;
        }
        List<String> all = new ArrayList<>(rules);
        all.add(check);
        return all;
    }

    /** Free text from people and channels, on one line and not longer than a line. */
    static String remark(String text) {
        String line = text.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ").strip();
        return line.length() <= LONGEST_REMARK ? line : line.substring(0, LONGEST_REMARK) + "…";
    }
}
