package io.sallyport.core.policy.decide;

import io.sallyport.core.command.Target;
import io.sallyport.core.policy.match.TargetPattern;
import io.sallyport.core.policy.rule.Policy;
import io.sallyport.core.policy.rule.Scope;
import io.sallyport.core.policy.rule.TargetEntry;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The scopes of rules at an actual place. */
record PlaceScopes(Policy policy, Target place) implements Scopes {

    @Override
    public @Nullable BoundScope bind(Scope scope, boolean wholly) {
        if (scope.everywhere()) {
            return BoundScope.WHOLE;
        }
        List<TargetPattern> matching = new ArrayList<>();
        for (TargetEntry entry : policy.targets()) {
            if (scope.targets().contains(entry.name())) {
                collect(entry, wholly, matching);
            }
        }
        return BoundScope.of(matching);
    }

    @Override
    public @Nullable BoundScope declared() {
        if (policy.targets().isEmpty()) {
            return BoundScope.WHOLE;
        }
        List<TargetPattern> matching = new ArrayList<>();
        policy.targets().forEach(entry -> collect(entry, false, matching));
        return BoundScope.of(matching);
    }

    private void collect(TargetEntry entry, boolean wholly, List<TargetPattern> into) {
        for (TargetPattern pattern : entry.patterns()) {
            if (wholly ? pattern.matchesWholly(place) : pattern.matches(place)) {
                into.add(pattern);
            }
        }
    }
}
