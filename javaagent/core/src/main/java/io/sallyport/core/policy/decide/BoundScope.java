package io.sallyport.core.policy.decide;

import io.sallyport.core.command.Command;
import io.sallyport.core.command.HttpCommand;
import io.sallyport.core.policy.match.SegmentGlob;
import io.sallyport.core.policy.match.TargetPattern;
import io.sallyport.core.policy.rule.condition.PathCondition;
import io.sallyport.core.policy.rule.condition.Truth;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is left to ask of a rule's scope once the place of a call is known: nothing, or the path of a request.
 *
 * @param paths what the path must be; {@code null}: the whole place is in scope
 */
record BoundScope(@Nullable PathCondition paths) {

    static final BoundScope WHOLE = new BoundScope(null);

    /** @return {@code null} when no pattern matches the place */
    static @Nullable BoundScope of(List<TargetPattern> matching) {
        if (matching.isEmpty()) {
            return null;
        }
        List<SegmentGlob> paths = new ArrayList<>();
        for (TargetPattern pattern : matching) {
            SegmentGlob path = pattern.path();
            if (path == null) {
                return WHOLE;
            }
            paths.add(path);
        }
        return new BoundScope(new PathCondition(paths));
    }

    /** {@link Truth#UNKNOWN} where it depends on how a server reads the path: what restricts is in scope then, what permits is not. */
    Truth covers(Command command) {
        return paths == null || !(command instanceof HttpCommand http) ? Truth.YES : paths.meets(http);
    }
}
