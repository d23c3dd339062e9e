package io.sallyport.link.policy;

import io.sallyport.core.command.Command;
import io.sallyport.core.command.Target;
import io.sallyport.core.identity.Identity;
import io.sallyport.core.policy.Mode;
import io.sallyport.core.policy.PolicySnapshot;
import io.sallyport.core.policy.TlsRequirement;
import io.sallyport.core.verdict.Decision;
import io.sallyport.core.verdict.Refusal;
import io.sallyport.core.verdict.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** The policy of a workload that has none: refuses everything, or lets everything pass and says so. Immutable. */
public record ColdStartPolicy(OnColdStart then) implements PolicySnapshot {

    /** Name of the built-in check in refusals and events. */
    public static final String RULE = "cold-start";

    @Override
    public long version() {
        return 0;
    }

    @Override
    public Mode mode() {
        return then == OnColdStart.DENY ? Mode.ENFORCE : Mode.OBSERVE;
    }

    @Override
    public TlsRequirement tls(Target target) {
        return TlsRequirement.NONE;
    }

    @Override
    public boolean refuseWhenRecordFull() {
        return then == OnColdStart.DENY;
    }

    @Override
    public RecordLevel recordLevel() {
        return RecordLevel.STATEMENTS;
    }

    @Override
    public Decision decide(Command command, Identity identity, Instant now) {
        if (then == OnColdStart.OBSERVE) {
            return new Decision(Verdict.Allow.PLAIN, List.of(), "deny", List.of(RULE), List.of());
        }
        Refusal refusal = new Refusal(
                Refusal.Reason.DENIED,
                RULE,
                "No policy has arrived from the control plane yet; check that it can be reached.",
                UUID.randomUUID().toString(),
                null);
        return new Decision(new Verdict.Deny(refusal), List.of(RULE), null, List.of(), List.of());
    }
}
