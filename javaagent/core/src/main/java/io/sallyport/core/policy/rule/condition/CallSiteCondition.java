package io.sallyport.core.policy.rule.condition;

import io.sallyport.core.command.Caller;
import io.sallyport.core.command.Command;
import io.sallyport.core.identity.Identity;
import io.sallyport.core.policy.match.SegmentGlob;
import java.time.Instant;
import java.util.List;

/** {@code callSite}: package, class or method that makes the call. Unknown when its stack holds no application
 * frame or cannot be walked. */
public record CallSiteCondition(List<SegmentGlob> patterns) implements Condition {

    public CallSiteCondition {
        patterns = List.copyOf(patterns);
    }

    @Override
    public String key() {
        return "callSite";
    }

    @Override
    public Subject subject() {
        return Subject.CALL;
    }

    @Override
    public Truth judge(Command command, Identity identity, Instant now, Sensitivity sensitivity) {
        Caller caller = command.caller();
        if (caller.sampled() || caller.callSite() == null) {
            // This very call's stack: a frame taken from an earlier call of the same shape proves nothing.
            caller = caller.exact();
        }
        String site = caller.callSite();
        if (site == null) {
            return Truth.UNKNOWN;
        }
        for (int i = 0; i < patterns.size(); i++) {
            if (patterns.get(i).matches(site)) {
                return caller.sampled() ? Truth.UNKNOWN : Truth.YES;
            }
        }
        return Truth.NO;
    }
}
