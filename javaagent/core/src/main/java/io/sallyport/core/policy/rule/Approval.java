package io.sallyport.core.policy.rule;

import java.time.Duration;
import java.util.List;

/**
 * What approvers must do.
 *
 * @param anyOf groups of which each approver must be in at least one; empty: any approver
 * @param required number of distinct persons
 * @param reasonRequired whether they must state a reason
 * @param patience how long the caller is parked
 * @param timeout how long the ticket lives
 * @param at the moment that the policy names
 */
public record Approval(
        List<String> anyOf, int required, boolean reasonRequired, Duration patience, Duration timeout, Moment at) {

    /** Values of {@code approval.at}. */
    public enum Moment {
        /** Before the statement is sent. */
        EXECUTE,
        /** When its transaction commits; today asked before the statement is sent, which is never later. */
        COMMIT
    }

    public static final Approval STANDARD =
            new Approval(List.of(), 1, false, Duration.ofSeconds(30), Duration.ofMinutes(10), Moment.EXECUTE);

    public Approval {
        anyOf = List.copyOf(anyOf);
    }
}
