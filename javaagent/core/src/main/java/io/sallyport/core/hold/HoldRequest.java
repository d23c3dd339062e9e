package io.sallyport.core.hold;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one or more rules demand before a call may go on.
 *
 * @param rules names of all rules that ask for approval
 * @param anyOf groups of which an approver must be a member of at least one; empty: any approver
 * @param required number of distinct persons
 * @param reasonRequired whether approvers must state a reason
 * @param patience how long the caller is parked before it gets "still waiting"
 * @param timeout how long the ticket lives
 * @param message the operator's message
 * @param commitWait where people are asked at commit, how long the commit may wait, with the locks of its transaction held;
 *     {@code null} where they are asked before execution
 * @param hours when approvers may decide, one for each rule that says so; all have to be met
 * @param eachOf whether somebody of each of those groups has to approve
 * @param requesterReason whether whoever makes the call must state a reason, and which they stated
 */
public record HoldRequest(
        List<String> rules,
        List<String> anyOf,
        int required,
        boolean reasonRequired,
        Duration patience,
        Duration timeout,
        String message,
        @Nullable Duration commitWait,
        List<ApproverHours> hours,
        RequesterReason requesterReason,
        boolean eachOf) {

    /** People are asked before execution. */
    public HoldRequest(
            List<String> rules,
            List<String> anyOf,
            int required,
            boolean reasonRequired,
            Duration patience,
            Duration timeout,
            String message) {
        this(
                rules,
                anyOf,
                required,
                reasonRequired,
                patience,
                timeout,
                message,
                null,
                List.of(),
                RequesterReason.OPTIONAL,
                false);
    }

    public HoldRequest {
        rules = List.copyOf(rules);
        anyOf = List.copyOf(anyOf);
        hours = List.copyOf(hours);
    }

    /** The same with something more for the approver to know. */
    public HoldRequest noting(String more) {
        String both = message.isBlank() ? more : message + " " + more;
        return new HoldRequest(
                rules,
                anyOf,
                required,
                reasonRequired,
                patience,
                timeout,
                both,
                commitWait,
                hours,
                requesterReason,
                eachOf);
    }

    /** The same for a call that was made for this reason. */
    public HoldRequest because(@Nullable String reason) {
        RequesterReason stated = new RequesterReason(requesterReason.required(), reason);
        return new HoldRequest(
                rules, anyOf, required, reasonRequired, patience, timeout, message, commitWait, hours, stated, eachOf);
    }

    /** What meets this request and {@code other}; {@code null} where nobody is in a group that both accept. */
    public @Nullable HoldRequest and(HoldRequest other) {
        ApproverGroups both = groups().and(other.groups());
        if (both == null) {
            return null;
        }
        Set<String> names = new LinkedHashSet<>(rules);
        names.addAll(other.rules);
        Set<ApproverHours> times = new LinkedHashSet<>(hours);
        times.addAll(other.hours);
        return new HoldRequest(
                List.copyOf(names),
                both.names(),
                both.required(),
                reasonRequired || other.reasonRequired,
                shorter(patience, other.patience),
                shorter(timeout, other.timeout),
                message.equals(other.message) ? message : message + " " + other.message,
                commitWait == null || other.commitWait == null ? null : shorter(commitWait, other.commitWait),
                List.copyOf(times),
                requesterReason.and(other.requesterReason),
                both.each());
    }

    private ApproverGroups groups() {
        return new ApproverGroups(anyOf, eachOf, required);
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }

    /**
     * Whether an approval given to this request also satisfies {@code later}, which the policy in force demands by the time the
     * approval arrives: no further rule, not more persons, nobody else's group or hours, no reason that was not asked for.
     */
    public boolean covers(HoldRequest later) {
        return rules.containsAll(later.rules)
                && groups().covers(later.groups())
                && hours.containsAll(later.hours)
                && (reasonRequired || !later.reasonRequired)
                && (requesterReason.required() || !later.requesterReason.required());
    }
}
