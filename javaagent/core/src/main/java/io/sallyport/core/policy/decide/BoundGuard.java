package io.sallyport.core.policy.decide;

import io.sallyport.core.command.Command;
import io.sallyport.core.command.ConnectCommand;
import io.sallyport.core.identity.Identity;
import io.sallyport.core.policy.Mode;
import io.sallyport.core.policy.rule.GuardRule;
import io.sallyport.core.policy.rule.Then;
import io.sallyport.core.policy.rule.condition.Condition;
import io.sallyport.core.policy.rule.condition.Sensitivity;
import io.sallyport.core.policy.rule.condition.Truth;
import java.time.Instant;

/** A guard that can meet calls to one place. */
final class BoundGuard {

    final GuardRule rule;
    final Mode mode;
    private final BoundScope scope;
    private final Condition[] when;
    private final boolean speaksOfConnecting;

    BoundGuard(GuardRule rule, BoundScope scope, Mode mode) {
        this.rule = rule;
        this.scope = scope;
        this.mode = mode;
        this.when = rule.when().toArray(new Condition[0]);
        // Pools connect in the background; who must be asked is asked for statements and requests.
        this.speaksOfConnecting = rule.then() != Then.APPROVE && !rule.needsPayload();
    }

    boolean matches(Command command, Identity identity, Instant now, Sensitivity sensitivity) {
        if (command instanceof ConnectCommand && !speaksOfConnecting) {
            return false;
        }
        if (!scope.covers(command)) {
            return false;
        }
        Truth all = Truth.YES;
        for (Condition condition : when) {
            Truth truth = condition.judge(command, identity, now, sensitivity);
            if (truth == Truth.NO) {
                return false;
            }
            all = truth == Truth.UNKNOWN ? truth : all;
        }
        return all == Truth.YES || rule.then() != Then.ALLOW;
    }
}
