package io.sallyport.core.policy.decide;

import io.sallyport.core.hold.ApproverGroups;
import io.sallyport.core.hold.ApproverHours;
import io.sallyport.core.hold.HoldRequest;
import io.sallyport.core.hold.RequesterReason;
import io.sallyport.core.policy.rule.Approval;
import io.sallyport.core.policy.rule.Default;
import io.sallyport.core.verdict.Obligations;
import io.sallyport.core.verdict.Refusal;
import io.sallyport.core.verdict.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** From a judgement to what the gate acts on. */
final class Verdicts {

    /** Refusals get their incident from the gate, which knows the call's identifier. */
    static final String NO_INCIDENT = "";

    private static final String DEFAULT = "default";

    private Verdicts() {}

    static Verdict of(Judgement judgement, boolean opaque, Obligations obligations) {
        return switch (judgement.outcome()) {
            case ALLOW -> obligations == Obligations.NONE ? Verdict.Allow.PLAIN : new Verdict.Allow(obligations);
            case DENY -> judgement.by().isEmpty() ? deniedByDefault(opaque) : denied(judgement.by());
            case APPROVE ->
                judgement.by().isEmpty()
                        ? new Verdict.Hold(request(opaque), obligations)
                        : held(judgement.by(), obligations);
        };
    }

    private static Verdict denied(List<BoundGuard> by) {
        return deny(by.get(0).rule.name(), reason(by));
    }

    /** The first word that an author of one of the guards has for it, or our own. */
    static String reason(List<BoundGuard> by) {
        return by.stream()
                .map(g -> g.rule.message())
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(by.get(0).complaint());
    }

    private static Verdict deniedByDefault(boolean opaque) {
        return deny(
                DEFAULT,
                opaque
                        ? "What this statement does cannot be told from its text, and the policy refuses such statements."
                        : "No rule of the policy allows this call.");
    }

    static Verdict deny(String rule, String message) {
        return new Verdict.Deny(new Refusal(Refusal.Reason.DENIED, rule, message, NO_INCIDENT, null));
    }

    private static HoldRequest request(boolean opaque) {
        Approval a = Approval.STANDARD;
        String message = opaque
                ? "What this statement does cannot be told from its text; the policy asks people about such statements."
                : "No rule of the policy allows this call; the policy asks people about such calls.";
        return new HoldRequest(
                List.of(DEFAULT), a.anyOf(), a.required(), a.reasonRequired(), a.patience(), a.timeout(), message);
    }

    /**
     * One ticket on which every rule's demand is met by whoever meets the ticket's: approvers are in a group that each rule
     * accepts, there are as many as the most demanding rule wants, the shortest wait and life count. Rules without a group in
     * common cannot be met by one ticket; then the call is refused.
     */
    private static Verdict held(List<BoundGuard> by, Obligations obligations) {
        List<String> names = new ArrayList<>();
        List<String> messages = new ArrayList<>();
        @Nullable ApproverGroups groups = new ApproverGroups(List.of(), false, 1);
        boolean reason = false;
        boolean requesterReason = false;
        List<ApproverHours> hours = new ArrayList<>();
        Duration wait = by.get(0).rule.approval().patience();
        Duration timeout = by.get(0).rule.approval().timeout();
        // One rule that asks before execution is met by nothing later.
        @Nullable Duration commitWait = by.get(0).rule.approval().commitWait();
        for (BoundGuard guard : by) {
            Approval approval = guard.rule.approval();
            names.add(guard.rule.name());
            String message = guard.rule.message();
            if (message != null && !messages.contains(message)) {
                messages.add(message);
            }
            groups = groups == null ? null : groups.and(approval.groups());
            reason |= approval.reasonRequired();
            requesterReason |= approval.requesterReason().required();
            wait = shorter(wait, approval.patience());
            timeout = shorter(timeout, approval.timeout());
            boolean atCommit = approval.at() == Approval.Moment.COMMIT;
            if (approval.hours() != null && !hours.contains(approval.hours())) {
                hours.add(approval.hours());
            }
            commitWait = commitWait == null || !atCommit ? null : shorter(commitWait, approval.commitWait());
        }
        if (groups == null) {
            return deny(
                    names.get(0),
                    "The rules " + String.join(", ", names)
                            + " ask for approval by groups that have none in common; no ticket can meet them all.");
        }
        String message = messages.isEmpty() ? "The policy asks people about this call." : String.join(" ", messages);
        return new Verdict.Hold(
                new HoldRequest(
                        names,
                        groups.names(),
                        groups.required(),
                        reason,
                        wait,
                        timeout,
                        message,
                        commitWait,
                        hours,
                        RequesterReason.of(requesterReason),
                        groups.each()),
                obligations);
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }

    /** The word for {@code wouldHave}. */
    static @Nullable String wouldHave(Default outcome) {
        return switch (outcome) {
            case DENY -> "deny";
            case APPROVE -> "hold";
            case ALLOW -> null;
        };
    }
}
