package io.sallyport.controlplane.approvals;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.sallyport.controlplane.people.Person;
import io.sallyport.core.hold.ApproverHours;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A ticket as people see it.
 *
 * @param state {@code waiting}, {@code approved}, {@code refused}, {@code expired} or {@code withdrawn}
 * @param entryPoint where the call's thread came into the application
 * @param anyOf groups of which an approver must be in at least one; empty: any approver
 * @param required number of distinct persons
 * @param escalated when further groups were asked, because nobody had decided; {@code anyOf} has them
 * @param withdrawnWhy why the caller no longer waits
 * @param hours when approvers may decide; {@code hoursInWords} the same for people
 * @param eachOf whether somebody of each of those groups has to approve, every time another person
 * @param endUser whom the workload serves, by its own word
 * @param parameters the call's values as the rules of the record show them
 * @param requesterReason why the call is made, in the words of whoever makes it
 * @param opens when somebody may decide; {@code null} where somebody may now, or nobody ever
 */
public record ApprovalView(
        String id,
        WorkloadRef workload,
        String state,
        String target,
        String summary,
        String detail,
        @Nullable String callSite,
        @Nullable String entryPoint,
        String thread,
        int callers,
        boolean openTransaction,
        List<String> rules,
        List<String> anyOf,
        int required,
        boolean reasonRequired,
        String message,
        Instant created,
        Instant expires,
        List<DecisionView> decisions,
        @Nullable Instant escalated,
        @Nullable Instant decidedAt,
        @Nullable String withdrawnWhy,
        @JsonIgnore List<ApproverHours> hours,
        @JsonProperty("hours") List<String> hoursInWords,
        @Nullable Instant opens,
        @Nullable String endUser,
        @Nullable String parameters,
        @Nullable String requesterReason,
        boolean eachOf) {

    /**
     * @param connected whether the caller's channel is up; a decision reaches an absent workload when it comes back
     * @param verified whether the control plane vouches for the name; otherwise the workload named itself
     */
    public record WorkloadRef(String id, String name, String host, boolean connected, boolean verified) {}

    /**
     * @param outcome {@code approved} or {@code refused}
     * @param breakGlass whether it was made past the ticket's rules
     * @param groups of the ticket's groups, those that the person was in
     * @param vouchedBy who made the token that was shown, where that is somebody else
     */
    public record DecisionView(
            String by,
            String outcome,
            @Nullable String reason,
            boolean unmask,
            Instant at,
            boolean breakGlass,
            @Nullable String vouchedBy,
            List<String> groups) {

        /** The same for some of the groups only. */
        DecisionView of(List<String> some) {
            return new DecisionView(by, outcome, reason, unmask, at, breakGlass, vouchedBy, some);
        }

        /** Whether it is this person's, or that of somebody who may be the same: whoever made a token has its secret. */
        boolean mayBeOf(Person person) {
            return person.isOneWith(by) || vouchedBy != null && person.isOneWith(vouchedBy);
        }
    }

    /** Whether one person let the call run past the ticket's rules. */
    public boolean brokenGlass() {
        return decisions.stream().anyMatch(DecisionView::breakGlass);
    }

    ApprovalView with(List<DecisionView> made) {
        return new ApprovalView(
                id,
                workload,
                state,
                target,
                summary,
                detail,
                callSite,
                entryPoint,
                thread,
                callers,
                openTransaction,
                rules,
                anyOf,
                required,
                reasonRequired,
                message,
                created,
                expires,
                List.copyOf(made),
                escalated,
                decidedAt,
                withdrawnWhy,
                hours,
                hoursInWords,
                opens,
                endUser,
                parameters,
                requesterReason,
                eachOf);
    }

    boolean waiting() {
        return state.equals(Approvals.WAITING);
    }
}
