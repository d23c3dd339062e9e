package io.sallyport.core.policy.decide;

import io.sallyport.core.command.Command;
import io.sallyport.core.command.HttpCommand;
import io.sallyport.core.policy.match.TargetPattern;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is left to ask of a rule's scope once the place of a call is known: nothing, or the path of a request.
 *
 * @param paths patterns of which one must cover the path; empty: the whole place is in scope
 */
record BoundScope(List<TargetPattern> paths) {

    static final BoundScope WHOLE = new BoundScope(List.of());

    /** @return {@code null} when no pattern matches the place */
    static @Nullable BoundScope of(List<TargetPattern> matching) {
        if (matching.isEmpty()) {
            return null;
        }
        boolean everyPath = matching.stream().anyMatch(TargetPattern::coversEveryPath);
        return everyPath ? WHOLE : new BoundScope(List.copyOf(matching));
    }

    boolean covers(Command command) {
        if (paths.isEmpty() || !(command instanceof HttpCommand http)) {
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
