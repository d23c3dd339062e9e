package io.sallyport.core.policy.rule.condition;

import io.sallyport.core.command.HttpCommand;
import io.sallyport.core.policy.match.SegmentGlob;
import java.util.List;

/** {@code path}: the normalised path of the request. */
public record PathCondition(List<SegmentGlob> patterns) implements HttpCondition {

    public PathCondition {
        patterns = List.copyOf(patterns);
    }

    @Override
    public String key() {
        return "path";
    }

    @Override
    public boolean holds(HttpCommand command) {
        for (int i = 0; i < patterns.size(); i++) {
            if (patterns.get(i).matches(command.path())) {
                return true;
            }
        }
        return false;
    }
}
