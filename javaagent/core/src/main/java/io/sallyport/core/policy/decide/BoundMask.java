package io.sallyport.core.policy.decide;

import io.sallyport.core.policy.Mode;
import io.sallyport.core.policy.rule.BodyPlace;
import io.sallyport.core.policy.rule.MaskRule;
import io.sallyport.core.policy.rule.Policy;
import io.sallyport.core.policy.rule.Scope;
import java.util.ArrayList;
import java.util.List;

/** A mask that can meet calls to one place. */
final class BoundMask {

    /** A place in bodies, and what is left to ask of its scope. */
    record Place(BoundScope scope, BodyPlace place) {}

    final MaskRule rule;
    final BoundScope scope;
    final Mode mode;
    final List<Place> places = new ArrayList<>();

    BoundMask(Policy policy, MaskRule rule, BoundScope scope, Scopes scopes) {
        this.rule = rule;
        this.scope = scope;
        this.mode = rule.effectiveMode(policy.mode());
        for (BodyPlace place : rule.bodies()) {
            String target = place.target();
            BoundScope its = target == null ? scope : scopes.bind(new Scope(List.of(target)), false);
            if (its != null) {
                places.add(new Place(its, place));
            }
        }
    }
}
