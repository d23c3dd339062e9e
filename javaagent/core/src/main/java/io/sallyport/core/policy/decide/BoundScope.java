package io.sallyport.core.policy.decide;

import io.sallyport.core.command.Command;
import io.sallyport.core.command.HttpCommand;
import io.sallyport.core.command.Target;
import io.sallyport.core.policy.match.TargetPattern;
import io.sallyport.core.policy.rule.Policy;
import io.sallyport.core.policy.rule.Scope;
import io.sallyport.core.policy.rule.TargetEntry;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is left to ask of a rule's scope once the place of a call is known: nothing, or the path of a request.
 *
 * @param paths patterns of which one must cover the path; empty: the whole place is in scope
 */
record BoundScope(List<TargetPattern> paths) {

    static final BoundScope WHOLE = new BoundScope(List.of());

    /**
     * @param wholly whether every host of the place must be in scope (for permissions) or one is enough (for restrictions)
     * @return {@code null} when the place is out of scope
     */
    static @Nullable BoundScope bind(Policy policy, Scope scope, Target place, boolean wholly) {
        if (scope.everywhere()) {
            return WHOLE;
        }
        List<TargetPattern> matching = new ArrayList<>();
        for (TargetEntry entry : policy.targets()) {
            if (scope.targets().contains(entry.name())) {
                collect(entry, place, wholly, matching);
            }
        }
        return of(matching);
    }

    /** The scope of every declared target together. */
    static @Nullable BoundScope declared(Policy policy, Target place) {
        if (policy.targets().isEmpty()) {
            return WHOLE;
        }
        List<TargetPattern> matching = new ArrayList<>();
        policy.targets().forEach(entry -> collect(entry, place, false, matching));
        return of(matching);
    }

    private static void collect(TargetEntry entry, Target place, boolean wholly, List<TargetPattern> into) {
        for (TargetPattern pattern : entry.patterns()) {
            if (wholly ? pattern.matchesWholly(place) : pattern.matches(place)) {
                into.add(pattern);
            }
        }
    }

    private static @Nullable BoundScope of(List<TargetPattern> matching) {
        if (matching.isEmpty()) {
            return null;
        }
        boolean everyPath = matching.stream().anyMatch(TargetPattern::coversEveryPath);
        return everyPath ? WHOLE : new BoundScope(List.copyOf(matching));
    }

    boolean covers(Command command) {
        if (paths.isEmpty()) {
            return true;
        }
        if (!(command instanceof HttpCommand http)) {
            return true;
        }
        for (int i = 0; i < paths.size(); i++) {
            if (paths.get(i).matchesPath(http.path())) {
                return true;
            }
        }
        return false;
    }
}
