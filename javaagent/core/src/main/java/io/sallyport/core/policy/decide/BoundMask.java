package io.sallyport.core.policy.decide;

import io.sallyport.core.policy.Mode;
import io.sallyport.core.policy.rule.MaskRule;
import io.sallyport.core.policy.rule.Policy;

/** A mask that can meet calls to one place. */
final class BoundMask {

    final MaskRule rule;
    final BoundScope scope;
    final Mode mode;

    BoundMask(Policy policy, MaskRule rule, BoundScope scope) {
        this.rule = rule;
        this.scope = scope;
        this.mode = rule.effectiveMode(policy.mode());
    }
}
