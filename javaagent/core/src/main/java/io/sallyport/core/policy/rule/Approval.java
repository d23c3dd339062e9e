package io.sallyport.core.policy.rule;

import io.sallyport.core.hold.ApproverGroups;
import io.sallyport.core.hold.ApproverHours;
import io.sallyport.core.hold.RequesterReason;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What approvers must do.
 *
 * @param anyOf groups of which each approver must be in at least one; empty: any approver
 * @param required number of distinct persons
 * @param reasonRequired whether they must state a reason
 * @param patience how long the caller is parked
 * @param timeout how long the ticket lives
 * @param at the moment that the policy names
 * @param commitWait how long a commit waits at most, with the locks of its transaction held
 * @param hours when approvers may decide; {@code null}: at any time
 * @param eachOf whether somebody of each of those groups has to approve
 * @param requesterReason whether whoever makes the call must state a reason
 */
public record Approval(
        List<String> anyOf,
        int required,
        boolean reasonRequired,
        Duration patience,
        Duration timeout,
        Moment at,
        Duration commitWait,
        @Nullable ApproverHours hours,
        RequesterReason requesterReason,
        boolean eachOf) {

    private static final Duration COMMIT_WAIT = Duration.ofSeconds(60);

    /** Values of {@code approval.at}. */
    public enum Moment {
        /** Before the statement is sent. */
        EXECUTE,
        /** When its transaction commits, with the number of rows that it really changed. */
        COMMIT
    }

    public static final Approval STANDARD = new Approval(
            List.of(),
            1,
            false,
            Duration.ofSeconds(30),
            Duration.ofMinutes(10),
            Moment.EXECUTE,
            COMMIT_WAIT,
            null,
            RequesterReason.OPTIONAL,
            false);

    public Approval {
        anyOf = List.copyOf(anyOf);
    }

    /** Whom it asks. */
    public ApproverGroups groups() {
        return new ApproverGroups(anyOf, eachOf, required);
    }
}
