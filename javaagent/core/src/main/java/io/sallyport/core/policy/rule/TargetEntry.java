package io.sallyport.core.policy.rule;

import io.sallyport.core.command.Target;
import io.sallyport.core.policy.match.TargetPattern;
import java.util.List;

/** A named place of the {@code targets} section; one of its patterns must match. All patterns are of one protocol. */
public record TargetEntry(String name, List<TargetPattern> patterns) {

    public TargetEntry {
        patterns = List.copyOf(patterns);
    }

    public Target.Protocol protocol() {
        return patterns.get(0).protocol();
    }
}
