package io.sallyport.core.hold;

import java.time.Duration;
import java.util.List;

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
 */
public record HoldRequest(
        List<String> rules,
        List<String> anyOf,
        int required,
        boolean reasonRequired,
        Duration patience,
        Duration timeout,
        String message) {

    public HoldRequest {
        rules = List.copyOf(rules);
        anyOf = List.copyOf(anyOf);
    }

    /**
     * Whether an approval given to this request also satisfies {@code later}, which the policy in force demands by the time the
     * approval arrives: no further rule, not more persons, nobody else's group, no reason that was not asked for.
     */
    public boolean covers(HoldRequest later) {
        boolean groups = later.anyOf.isEmpty() || (!anyOf.isEmpty() && later.anyOf.containsAll(anyOf));
        return rules.containsAll(later.rules)
                && required >= later.required
                && groups
                && (reasonRequired || !later.reasonRequired);
    }
}
